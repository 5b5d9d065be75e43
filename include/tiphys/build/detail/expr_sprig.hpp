// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/detail/expr_functions.hpp>

/// The functions of sprig 3.3 that Argo offers, their names in snake_case: `sprig::trunc(5, x)` is
/// `sprig.trunc(5, x)`. Results and arguments have the types of their Go functions; most of them take
/// anything. Source: the functions' own signatures.
namespace tiphys::expr::sprig {

inline constexpr detail::function<"sprig.abbrev", Type::text, 2, 2, Type::number, Type::text> abbrev{};
inline constexpr detail::function<"sprig.abbrevboth", Type::text, 3, 3, Type::number, Type::number,
                                  Type::text>
    abbrevboth{};
inline constexpr detail::function<"sprig.add", Type::number, 0, detail::any_number, Type::any> add{};
inline constexpr detail::function<"sprig.add1", Type::number, 1, 1, Type::any> add1{};
inline constexpr detail::function<"sprig.add1f", Type::number, 1, 1, Type::any> add1f{};
inline constexpr detail::function<"sprig.addf", Type::number, 0, detail::any_number, Type::any> addf{};
inline constexpr detail::function<"sprig.adler32sum", Type::text, 1, 1, Type::text> adler32sum{};
inline constexpr detail::function<"sprig.ago", Type::text, 1, 1, Type::any> ago{};
inline constexpr detail::function<"sprig.all", Type::boolean, 0, detail::any_number, Type::any> all{};
inline constexpr detail::function<"sprig.any", Type::boolean, 0, detail::any_number, Type::any> any{};
inline constexpr detail::function<"sprig.append", Type::list, 2, 2, Type::any, Type::any> append{};
inline constexpr detail::function<"sprig.atoi", Type::number, 1, 1, Type::text> atoi{};
inline constexpr detail::function<"sprig.b32dec", Type::text, 1, 1, Type::text> b32dec{};
inline constexpr detail::function<"sprig.b32enc", Type::text, 1, 1, Type::text> b32enc{};
inline constexpr detail::function<"sprig.b64dec", Type::text, 1, 1, Type::text> b64dec{};
inline constexpr detail::function<"sprig.b64enc", Type::text, 1, 1, Type::text> b64enc{};
inline constexpr detail::function<"sprig.base", Type::text, 1, 1, Type::text> base{};
inline constexpr detail::function<"sprig.bcrypt", Type::text, 1, 1, Type::text> bcrypt{};
inline constexpr detail::function<"sprig.biggest", Type::number, 1, detail::any_number, Type::any, Type::any>
    biggest{};
inline constexpr detail::function<"sprig.buildCustomCert", Type::any, 2, 2, Type::text, Type::text>
    build_custom_cert{};
inline constexpr detail::function<"sprig.camelcase", Type::text, 1, 1, Type::text> camelcase{};
inline constexpr detail::function<"sprig.cat", Type::text, 0, detail::any_number, Type::any> cat{};
inline constexpr detail::function<"sprig.ceil", Type::number, 1, 1, Type::any> ceil{};
inline constexpr detail::function<"sprig.chunk", Type::list, 2, 2, Type::number, Type::any> chunk{};
inline constexpr detail::function<"sprig.clean", Type::text, 1, 1, Type::text> clean{};
inline constexpr detail::function<"sprig.coalesce", Type::any, 0, detail::any_number, Type::any> coalesce{};
inline constexpr detail::function<"sprig.compact", Type::list, 1, 1, Type::any> compact{};
inline constexpr detail::function<"sprig.concat", Type::any, 0, detail::any_number, Type::any> concat{};
inline constexpr detail::function<"sprig.contains", Type::boolean, 2, 2, Type::text, Type::text> contains{};
inline constexpr detail::function<"sprig.date", Type::text, 2, 2, Type::text, Type::any> date{};
inline constexpr detail::function<"sprig.dateInZone", Type::text, 3, 3, Type::text, Type::any, Type::text>
    date_in_zone{};
inline constexpr detail::function<"sprig.dateModify", Type::any, 2, 2, Type::text, Type::any> date_modify{};
inline constexpr detail::function<"sprig.decryptAES", Type::text, 2, 2, Type::text, Type::text> decrypt_aes{};
inline constexpr detail::function<"sprig.deepCopy", Type::any, 1, 1, Type::any> deep_copy{};
inline constexpr detail::function<"sprig.deepEqual", Type::boolean, 2, 2, Type::any, Type::any> deep_equal{};
inline constexpr detail::function<"sprig.default", Type::any, 1, detail::any_number, Type::any, Type::any>
    default_{};
inline constexpr detail::function<"sprig.derivePassword", Type::text, 5, 5, Type::any, Type::text, Type::text,
                                  Type::text, Type::text>
    derive_password{};
inline constexpr detail::function<"sprig.dict", Type::map, 0, detail::any_number, Type::any> dict{};
inline constexpr detail::function<"sprig.dig", Type::any, 0, detail::any_number, Type::any> dig{};
inline constexpr detail::function<"sprig.dir", Type::text, 1, 1, Type::text> dir{};
inline constexpr detail::function<"sprig.div", Type::number, 2, 2, Type::any, Type::any> div{};
inline constexpr detail::function<"sprig.divf", Type::number, 1, detail::any_number, Type::any, Type::any>
    divf{};
inline constexpr detail::function<"sprig.duration", Type::text, 1, 1, Type::any> duration{};
inline constexpr detail::function<"sprig.durationRound", Type::text, 1, 1, Type::any> duration_round{};
inline constexpr detail::function<"sprig.empty", Type::boolean, 1, 1, Type::any> empty{};
inline constexpr detail::function<"sprig.encryptAES", Type::text, 2, 2, Type::text, Type::text> encrypt_aes{};
inline constexpr detail::function<"sprig.ext", Type::text, 1, 1, Type::text> ext{};
inline constexpr detail::function<"sprig.fail", Type::text, 1, 1, Type::text> fail{};
inline constexpr detail::function<"sprig.first", Type::any, 1, 1, Type::any> first{};
inline constexpr detail::function<"sprig.float64", Type::number, 1, 1, Type::any> float64{};
inline constexpr detail::function<"sprig.floor", Type::number, 1, 1, Type::any> floor{};
inline constexpr detail::function<"sprig.fromJson", Type::any, 1, 1, Type::text> from_json{};
inline constexpr detail::function<"sprig.genCA", Type::any, 2, 2, Type::text, Type::number> gen_ca{};
inline constexpr detail::function<"sprig.genCAWithKey", Type::any, 3, 3, Type::text, Type::number, Type::text>
    gen_ca_with_key{};
inline constexpr detail::function<"sprig.genPrivateKey", Type::text, 1, 1, Type::text> gen_private_key{};
inline constexpr detail::function<"sprig.genSelfSignedCert", Type::any, 4, 4, Type::text, Type::any,
                                  Type::any, Type::number>
    gen_self_signed_cert{};
inline constexpr detail::function<"sprig.genSelfSignedCertWithKey", Type::any, 5, 5, Type::text, Type::any,
                                  Type::any, Type::number, Type::text>
    gen_self_signed_cert_with_key{};
inline constexpr detail::function<"sprig.genSignedCert", Type::any, 5, 5, Type::text, Type::any, Type::any,
                                  Type::number, Type::any>
    gen_signed_cert{};
inline constexpr detail::function<"sprig.genSignedCertWithKey", Type::any, 6, 6, Type::text, Type::any,
                                  Type::any, Type::number, Type::any, Type::text>
    gen_signed_cert_with_key{};
inline constexpr detail::function<"sprig.get", Type::any, 2, 2, Type::map, Type::text> get{};
inline constexpr detail::function<"sprig.getHostByName", Type::text, 1, 1, Type::text> get_host_by_name{};
inline constexpr detail::function<"sprig.has", Type::boolean, 2, 2, Type::any, Type::any> has{};
inline constexpr detail::function<"sprig.hasKey", Type::boolean, 2, 2, Type::map, Type::text> has_key{};
inline constexpr detail::function<"sprig.hasPrefix", Type::boolean, 2, 2, Type::text, Type::text>
    has_prefix{};
inline constexpr detail::function<"sprig.hasSuffix", Type::boolean, 2, 2, Type::text, Type::text>
    has_suffix{};
inline constexpr detail::function<"sprig.hello", Type::text, 0, 0> hello{};
inline constexpr detail::function<"sprig.htmlDate", Type::text, 1, 1, Type::any> html_date{};
inline constexpr detail::function<"sprig.htmlDateInZone", Type::text, 2, 2, Type::any, Type::text>
    html_date_in_zone{};
inline constexpr detail::function<"sprig.htpasswd", Type::text, 2, 2, Type::text, Type::text> htpasswd{};
inline constexpr detail::function<"sprig.indent", Type::text, 2, 2, Type::number, Type::text> indent{};
inline constexpr detail::function<"sprig.initial", Type::list, 1, 1, Type::any> initial{};
inline constexpr detail::function<"sprig.initials", Type::text, 1, 1, Type::text> initials{};
inline constexpr detail::function<"sprig.int", Type::number, 1, 1, Type::any> int_{};
inline constexpr detail::function<"sprig.int64", Type::number, 1, 1, Type::any> int64{};
inline constexpr detail::function<"sprig.isAbs", Type::boolean, 1, 1, Type::text> is_abs{};
inline constexpr detail::function<"sprig.join", Type::text, 2, 2, Type::text, Type::any> join{};
inline constexpr detail::function<"sprig.kebabcase", Type::text, 1, 1, Type::text> kebabcase{};
inline constexpr detail::function<"sprig.keys", Type::list, 0, detail::any_number, Type::map> keys{};
inline constexpr detail::function<"sprig.kindIs", Type::boolean, 2, 2, Type::text, Type::any> kind_is{};
inline constexpr detail::function<"sprig.kindOf", Type::text, 1, 1, Type::any> kind_of{};
inline constexpr detail::function<"sprig.last", Type::any, 1, 1, Type::any> last{};
inline constexpr detail::function<"sprig.list", Type::list, 0, detail::any_number, Type::any> list{};
inline constexpr detail::function<"sprig.lower", Type::text, 1, 1, Type::text> lower{};
inline constexpr detail::function<"sprig.max", Type::number, 1, detail::any_number, Type::any, Type::any>
    max{};
inline constexpr detail::function<"sprig.maxf", Type::number, 1, detail::any_number, Type::any, Type::any>
    maxf{};
inline constexpr detail::function<"sprig.merge", Type::any, 1, detail::any_number, Type::map, Type::map>
    merge{};
inline constexpr detail::function<"sprig.mergeOverwrite", Type::any, 1, detail::any_number, Type::map,
                                  Type::map>
    merge_overwrite{};
inline constexpr detail::function<"sprig.min", Type::number, 1, detail::any_number, Type::any, Type::any>
    min{};
inline constexpr detail::function<"sprig.minf", Type::number, 1, detail::any_number, Type::any, Type::any>
    minf{};
inline constexpr detail::function<"sprig.mod", Type::number, 2, 2, Type::any, Type::any> mod{};
inline constexpr detail::function<"sprig.mul", Type::number, 1, detail::any_number, Type::any, Type::any>
    mul{};
inline constexpr detail::function<"sprig.mulf", Type::number, 1, detail::any_number, Type::any, Type::any>
    mulf{};
inline constexpr detail::function<"sprig.mustAppend", Type::list, 2, 2, Type::any, Type::any> must_append{};
inline constexpr detail::function<"sprig.mustChunk", Type::list, 2, 2, Type::number, Type::any> must_chunk{};
inline constexpr detail::function<"sprig.mustCompact", Type::list, 1, 1, Type::any> must_compact{};
inline constexpr detail::function<"sprig.mustDateModify", Type::any, 2, 2, Type::text, Type::any>
    must_date_modify{};
inline constexpr detail::function<"sprig.mustDeepCopy", Type::any, 1, 1, Type::any> must_deep_copy{};
inline constexpr detail::function<"sprig.mustFirst", Type::any, 1, 1, Type::any> must_first{};
inline constexpr detail::function<"sprig.mustFromJson", Type::any, 1, 1, Type::text> must_from_json{};
inline constexpr detail::function<"sprig.mustHas", Type::boolean, 2, 2, Type::any, Type::any> must_has{};
inline constexpr detail::function<"sprig.mustInitial", Type::list, 1, 1, Type::any> must_initial{};
inline constexpr detail::function<"sprig.mustLast", Type::any, 1, 1, Type::any> must_last{};
inline constexpr detail::function<"sprig.mustMerge", Type::any, 1, detail::any_number, Type::map, Type::map>
    must_merge{};
inline constexpr detail::function<"sprig.mustMergeOverwrite", Type::any, 1, detail::any_number, Type::map,
                                  Type::map>
    must_merge_overwrite{};
inline constexpr detail::function<"sprig.mustPrepend", Type::list, 2, 2, Type::any, Type::any> must_prepend{};
inline constexpr detail::function<"sprig.mustPush", Type::list, 2, 2, Type::any, Type::any> must_push{};
inline constexpr detail::function<"sprig.mustRegexFind", Type::text, 2, 2, Type::text, Type::text>
    must_regex_find{};
inline constexpr detail::function<"sprig.mustRegexFindAll", Type::list, 3, 3, Type::text, Type::text,
                                  Type::number>
    must_regex_find_all{};
inline constexpr detail::function<"sprig.mustRegexMatch", Type::boolean, 2, 2, Type::text, Type::text>
    must_regex_match{};
inline constexpr detail::function<"sprig.mustRegexReplaceAll", Type::text, 3, 3, Type::text, Type::text,
                                  Type::text>
    must_regex_replace_all{};
inline constexpr detail::function<"sprig.mustRegexReplaceAllLiteral", Type::text, 3, 3, Type::text,
                                  Type::text, Type::text>
    must_regex_replace_all_literal{};
inline constexpr detail::function<"sprig.mustRegexSplit", Type::list, 3, 3, Type::text, Type::text,
                                  Type::number>
    must_regex_split{};
inline constexpr detail::function<"sprig.mustRest", Type::list, 1, 1, Type::any> must_rest{};
inline constexpr detail::function<"sprig.mustReverse", Type::list, 1, 1, Type::any> must_reverse{};
inline constexpr detail::function<"sprig.mustSlice", Type::any, 1, detail::any_number, Type::any, Type::any>
    must_slice{};
inline constexpr detail::function<"sprig.mustToDate", Type::any, 2, 2, Type::text, Type::text> must_to_date{};
inline constexpr detail::function<"sprig.mustToJson", Type::text, 1, 1, Type::any> must_to_json{};
inline constexpr detail::function<"sprig.mustToPrettyJson", Type::text, 1, 1, Type::any>
    must_to_pretty_json{};
inline constexpr detail::function<"sprig.mustToRawJson", Type::text, 1, 1, Type::any> must_to_raw_json{};
inline constexpr detail::function<"sprig.mustUniq", Type::list, 1, 1, Type::any> must_uniq{};
inline constexpr detail::function<"sprig.mustWithout", Type::list, 1, detail::any_number, Type::any,
                                  Type::any>
    must_without{};
inline constexpr detail::function<"sprig.nindent", Type::text, 2, 2, Type::number, Type::text> nindent{};
inline constexpr detail::function<"sprig.nospace", Type::text, 1, 1, Type::text> nospace{};
inline constexpr detail::function<"sprig.now", Type::any, 0, 0> now{};
inline constexpr detail::function<"sprig.omit", Type::map, 1, detail::any_number, Type::map, Type::text>
    omit{};
inline constexpr detail::function<"sprig.osBase", Type::text, 1, 1, Type::text> os_base{};
inline constexpr detail::function<"sprig.osClean", Type::text, 1, 1, Type::text> os_clean{};
inline constexpr detail::function<"sprig.osDir", Type::text, 1, 1, Type::text> os_dir{};
inline constexpr detail::function<"sprig.osExt", Type::text, 1, 1, Type::text> os_ext{};
inline constexpr detail::function<"sprig.osIsAbs", Type::boolean, 1, 1, Type::text> os_is_abs{};
inline constexpr detail::function<"sprig.pick", Type::map, 1, detail::any_number, Type::map, Type::text>
    pick{};
inline constexpr detail::function<"sprig.pluck", Type::list, 1, detail::any_number, Type::text, Type::map>
    pluck{};
inline constexpr detail::function<"sprig.plural", Type::text, 3, 3, Type::text, Type::text, Type::number>
    plural{};
inline constexpr detail::function<"sprig.prepend", Type::list, 2, 2, Type::any, Type::any> prepend{};
inline constexpr detail::function<"sprig.push", Type::list, 2, 2, Type::any, Type::any> push{};
inline constexpr detail::function<"sprig.quote", Type::text, 0, detail::any_number, Type::any> quote{};
inline constexpr detail::function<"sprig.randAlpha", Type::text, 1, 1, Type::number> rand_alpha{};
inline constexpr detail::function<"sprig.randAlphaNum", Type::text, 1, 1, Type::number> rand_alpha_num{};
inline constexpr detail::function<"sprig.randAscii", Type::text, 1, 1, Type::number> rand_ascii{};
inline constexpr detail::function<"sprig.randBytes", Type::text, 1, 1, Type::number> rand_bytes{};
inline constexpr detail::function<"sprig.randInt", Type::number, 2, 2, Type::number, Type::number> rand_int{};
inline constexpr detail::function<"sprig.randNumeric", Type::text, 1, 1, Type::number> rand_numeric{};
inline constexpr detail::function<"sprig.regexFind", Type::text, 2, 2, Type::text, Type::text> regex_find{};
inline constexpr detail::function<"sprig.regexFindAll", Type::list, 3, 3, Type::text, Type::text,
                                  Type::number>
    regex_find_all{};
inline constexpr detail::function<"sprig.regexMatch", Type::boolean, 2, 2, Type::text, Type::text>
    regex_match{};
inline constexpr detail::function<"sprig.regexQuoteMeta", Type::text, 1, 1, Type::text> regex_quote_meta{};
inline constexpr detail::function<"sprig.regexReplaceAll", Type::text, 3, 3, Type::text, Type::text,
                                  Type::text>
    regex_replace_all{};
inline constexpr detail::function<"sprig.regexReplaceAllLiteral", Type::text, 3, 3, Type::text, Type::text,
                                  Type::text>
    regex_replace_all_literal{};
inline constexpr detail::function<"sprig.regexSplit", Type::list, 3, 3, Type::text, Type::text, Type::number>
    regex_split{};
inline constexpr detail::function<"sprig.repeat", Type::text, 2, 2, Type::number, Type::text> repeat{};
inline constexpr detail::function<"sprig.replace", Type::text, 3, 3, Type::text, Type::text, Type::text>
    replace{};
inline constexpr detail::function<"sprig.rest", Type::list, 1, 1, Type::any> rest{};
inline constexpr detail::function<"sprig.reverse", Type::list, 1, 1, Type::any> reverse{};
inline constexpr detail::function<"sprig.round", Type::number, 2, detail::any_number, Type::any, Type::number,
                                  Type::number>
    round{};
inline constexpr detail::function<"sprig.semver", Type::any, 1, 1, Type::text> semver{};
inline constexpr detail::function<"sprig.semverCompare", Type::boolean, 2, 2, Type::text, Type::text>
    semver_compare{};
inline constexpr detail::function<"sprig.seq", Type::text, 0, detail::any_number, Type::number> seq{};
inline constexpr detail::function<"sprig.set", Type::map, 3, 3, Type::map, Type::text, Type::any> set{};
inline constexpr detail::function<"sprig.sha1sum", Type::text, 1, 1, Type::text> sha1sum{};
inline constexpr detail::function<"sprig.sha256sum", Type::text, 1, 1, Type::text> sha256sum{};
inline constexpr detail::function<"sprig.sha512sum", Type::text, 1, 1, Type::text> sha512sum{};
inline constexpr detail::function<"sprig.shuffle", Type::text, 1, 1, Type::text> shuffle{};
inline constexpr detail::function<"sprig.slice", Type::any, 1, detail::any_number, Type::any, Type::any>
    slice{};
inline constexpr detail::function<"sprig.snakecase", Type::text, 1, 1, Type::text> snakecase{};
inline constexpr detail::function<"sprig.sortAlpha", Type::list, 1, 1, Type::any> sort_alpha{};
inline constexpr detail::function<"sprig.split", Type::map, 2, 2, Type::text, Type::text> split{};
inline constexpr detail::function<"sprig.splitList", Type::list, 2, 2, Type::text, Type::text> split_list{};
inline constexpr detail::function<"sprig.splitn", Type::map, 3, 3, Type::text, Type::number, Type::text>
    splitn{};
inline constexpr detail::function<"sprig.squote", Type::text, 0, detail::any_number, Type::any> squote{};
inline constexpr detail::function<"sprig.sub", Type::number, 2, 2, Type::any, Type::any> sub{};
inline constexpr detail::function<"sprig.subf", Type::number, 1, detail::any_number, Type::any, Type::any>
    subf{};
inline constexpr detail::function<"sprig.substr", Type::text, 3, 3, Type::number, Type::number, Type::text>
    substr{};
inline constexpr detail::function<"sprig.swapcase", Type::text, 1, 1, Type::text> swapcase{};
inline constexpr detail::function<"sprig.ternary", Type::any, 3, 3, Type::any, Type::any, Type::boolean>
    ternary{};
inline constexpr detail::function<"sprig.title", Type::text, 1, 1, Type::text> title{};
inline constexpr detail::function<"sprig.toDate", Type::any, 2, 2, Type::text, Type::text> to_date{};
inline constexpr detail::function<"sprig.toDecimal", Type::number, 1, 1, Type::any> to_decimal{};
inline constexpr detail::function<"sprig.toJson", Type::text, 1, 1, Type::any> to_json{};
inline constexpr detail::function<"sprig.toPrettyJson", Type::text, 1, 1, Type::any> to_pretty_json{};
inline constexpr detail::function<"sprig.toRawJson", Type::text, 1, 1, Type::any> to_raw_json{};
inline constexpr detail::function<"sprig.toString", Type::text, 1, 1, Type::any> to_string{};
inline constexpr detail::function<"sprig.toStrings", Type::list, 1, 1, Type::any> to_strings{};
inline constexpr detail::function<"sprig.trim", Type::text, 1, 1, Type::text> trim{};
inline constexpr detail::function<"sprig.trimAll", Type::text, 2, 2, Type::text, Type::text> trim_all{};
inline constexpr detail::function<"sprig.trimPrefix", Type::text, 2, 2, Type::text, Type::text> trim_prefix{};
inline constexpr detail::function<"sprig.trimSuffix", Type::text, 2, 2, Type::text, Type::text> trim_suffix{};
inline constexpr detail::function<"sprig.trimall", Type::text, 2, 2, Type::text, Type::text> trimall{};
inline constexpr detail::function<"sprig.trunc", Type::text, 2, 2, Type::number, Type::text> trunc{};
inline constexpr detail::function<"sprig.tuple", Type::list, 0, detail::any_number, Type::any> tuple{};
inline constexpr detail::function<"sprig.typeIs", Type::boolean, 2, 2, Type::text, Type::any> type_is{};
inline constexpr detail::function<"sprig.typeIsLike", Type::boolean, 2, 2, Type::text, Type::any>
    type_is_like{};
inline constexpr detail::function<"sprig.typeOf", Type::text, 1, 1, Type::any> type_of{};
inline constexpr detail::function<"sprig.uniq", Type::list, 1, 1, Type::any> uniq{};
inline constexpr detail::function<"sprig.unixEpoch", Type::text, 1, 1, Type::any> unix_epoch{};
inline constexpr detail::function<"sprig.unset", Type::map, 2, 2, Type::map, Type::text> unset{};
inline constexpr detail::function<"sprig.until", Type::list, 1, 1, Type::number> until{};
inline constexpr detail::function<"sprig.untilStep", Type::list, 3, 3, Type::number, Type::number,
                                  Type::number>
    until_step{};
inline constexpr detail::function<"sprig.untitle", Type::text, 1, 1, Type::text> untitle{};
inline constexpr detail::function<"sprig.upper", Type::text, 1, 1, Type::text> upper{};
inline constexpr detail::function<"sprig.urlJoin", Type::text, 1, 1, Type::map> url_join{};
inline constexpr detail::function<"sprig.urlParse", Type::map, 1, 1, Type::text> url_parse{};
inline constexpr detail::function<"sprig.uuidv4", Type::text, 0, 0> uuidv4{};
inline constexpr detail::function<"sprig.values", Type::list, 1, 1, Type::map> values{};
inline constexpr detail::function<"sprig.without", Type::list, 1, detail::any_number, Type::any, Type::any>
    without{};
inline constexpr detail::function<"sprig.wrap", Type::text, 2, 2, Type::number, Type::text> wrap{};
inline constexpr detail::function<"sprig.wrapWith", Type::text, 3, 3, Type::number, Type::text, Type::text>
    wrap_with{};

}  // namespace tiphys::expr::sprig
