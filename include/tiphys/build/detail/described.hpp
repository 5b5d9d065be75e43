// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/text/json_writer.hpp>

#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include <charconv>
#include <concepts>
#include <iterator>
#include <limits>
#include <optional>
#include <stdexcept>

/// Structs that BOOST_DESCRIBE_STRUCT describes: the names of their members, and their values as text.
namespace tiphys::detail {

template <class S>
concept described = std::is_class_v<S> && boost::describe::has_describe_members<S>::value;

template <class S>
using members_of =
    boost::describe::describe_members<S, boost::describe::mod_public | boost::describe::mod_inherited>;

template <class Pointer>
struct member_pointer;
template <class S, class M>
struct member_pointer<M S::*> {
    using of = S;
    using type = M;
};
/// The struct that has the member.
template <auto Member>
using owner_of = typename member_pointer<std::remove_const_t<decltype(Member)>>::of;
/// The type of the member.
template <auto Member>
using type_of_member = typename member_pointer<std::remove_const_t<decltype(Member)>>::type;

template <auto Member>
concept data_member = std::is_member_object_pointer_v<decltype(Member)>;

template <auto Member>
consteval const char* find_member_name() {
    const char* found = nullptr;
    boost::mp11::mp_for_each<members_of<owner_of<Member>>>([&](auto member) {
        using D = decltype(member);
        if constexpr (std::is_same_v<std::remove_const_t<decltype(D::pointer)>,
                                     std::remove_const_t<decltype(Member)>>)
            if (D::pointer == Member) found = D::name;
    });
    return found;
}

/// The name of a member, as a parameter is called.
template <auto Member>
constexpr std::string_view member_name() {
    static_assert(described<owner_of<Member>>,
                  "describe the struct: BOOST_DESCRIBE_STRUCT(S, (), (members))");
    if constexpr (described<owner_of<Member>>) {
        constexpr const char* name = find_member_name<Member>();
        static_assert(name != nullptr, "BOOST_DESCRIBE_STRUCT does not name this member");
        return {name, length(name)};
    } else {
        return {};
    }
}

// --- what kind of value a C++ type is

template <class T>
concept text_like = std::convertible_to<const T&, std::string_view>;
template <class T>
concept whole_number = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char>;

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
concept map_like = requires(const T& map) {
    typename T::mapped_type;
    map.begin();
    map.end();
};
template <class T>
concept list_like = !text_like<T> && !map_like<T> && requires(const T& list) {
    std::begin(list);
    std::end(list);
};
/// Not the concept itself: g++ would explain it at length.
template <class T>
inline constexpr bool is_list = false;
template <list_like T>
inline constexpr bool is_list<T> = true;
template <class T>
struct element_of {};
template <list_like T>
struct element_of<T> {
    using type = std::remove_cvref_t<decltype(*std::begin(std::declval<const T&>()))>;
};

/// What a member holds, as an optional or as it is.
template <class T>
struct bare {
    using type = T;
};
template <class T>
struct bare<std::optional<T>> {
    using type = T;
};
template <class T>
using bare_of = typename bare<T>::type;

/// A member that is a file of the pod instead of a parameter: `File`, `Text`, `Json<T>` of the layer above.
template <class T>
concept artifact_like = requires { typename T::artifact_content; };
template <class T>
inline constexpr bool is_artifact = artifact_like<bare_of<T>>;
/// A member of an input that stands for an output: a file that the function is to write.
template <class T>
concept writes_parameter = requires { requires T::writes == 'p'; };
template <class T>
concept writes_artifact = requires { requires T::writes == 'a'; };
template <class T>
concept parameter_like = !is_artifact<T> && !writes_parameter<T> && !writes_artifact<T>;

/// An enumeration that BOOST_DESCRIBE_ENUM describes: a parameter is the name of its value.
template <class T>
concept described_enum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

/// Calls `use(name, value)` for each enumerator.
template <described_enum E, class Use>
constexpr void each_enumerator(Use use) {
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
        [&](auto one) { use(std::string_view(one.name, length(one.name)), one.value); });
}
/// Errors: std::invalid_argument for a value that has no name.
template <described_enum E>
constexpr std::string_view enumerator_name(E value) {
    std::string_view found;
    each_enumerator<E>([&](std::string_view name, E one) {
        if (found.empty() && one == value) found = name;
    });
    if (found.empty())
        throw std::invalid_argument("a value of an enumeration has no name in its description");
    return found;
}

/// A value as JSON. Numbers with a fraction only at run time: no compiler prints them.
template <class T>
constexpr json json_of(const T& value) {
    if constexpr (std::same_as<T, bool>) {
        return json(value);
    } else if constexpr (std::integral<T>) {
        static_assert(sizeof(T) < sizeof(std::uint64_t) || std::is_signed_v<T>,
                      "a member of 64 bits is signed: JSON readers take no more");
        return json(static_cast<std::int64_t>(value));
    } else if constexpr (described_enum<T>) {
        return json(enumerator_name(value));
    } else if constexpr (std::floating_point<T>) {
        if (!(value - value == 0)) throw std::invalid_argument("JSON has neither infinity nor NaN");
        char digits[64];
        const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
        return json(number{str(std::string_view(digits, static_cast<std::size_t>(end - digits)))});
    } else if constexpr (std::same_as<T, json>) {
        return value;
    } else if constexpr (text_like<T>) {
        return json(std::string_view(value));
    } else if constexpr (is_optional<T>) {
        json made(nullptr);
        if (value) made = json_of(*value);
        return made;
    } else if constexpr (map_like<T>) {
        json made = json::object();
        for (const auto& [key, inner] : value) made.set(std::string_view(key), json_of(inner));
        return made;
    } else if constexpr (list_like<T>) {
        json made = json::array();
        for (const auto& inner : value) made.push_back(json_of(inner));
        return made;
    } else {
        static_assert(!std::is_enum_v<T>, "describe the enumeration: BOOST_DESCRIBE_ENUM(E, values)");
        static_assert(std::is_enum_v<T> || described<T>,
                      "describe the struct: BOOST_DESCRIBE_STRUCT(S, (), (members))");
        json made = json::object();
        boost::mp11::mp_for_each<members_of<T>>([&](auto member) {
            using D = decltype(member);
            made.set({D::name, length(D::name)}, json_of(value.*D::pointer));
        });
        return made;
    }
}

struct text_sink {
    str text = str("");
    constexpr void append(std::string_view more) { text.append(more); }
    constexpr void push(char c) { text += c; }
};

/// The text of a parameter: a text, or the name of an enumerator, as it is, all else as JSON. An optional
/// that holds nothing is `null`. Errors: std::invalid_argument for what such text cannot say.
template <class T>
constexpr str parameter_text(const T& value) {
    if constexpr (text_like<T>) {
        return str(std::string_view(value));
    } else if constexpr (described_enum<T>) {
        return str(enumerator_name(value));
    } else if constexpr (is_optional<T>) {
        if (!value) return str("null");
        str made = parameter_text(*value);
        if constexpr (text_like<bare_of<T>>)
            if (is(made.view(), "null"))
                throw std::invalid_argument("the text `null` would be taken for an optional without a value");
        return made;
    } else {
        text_sink sink;
        basic_json_writer<text_sink> writer(sink);
        visit(writer, json_of(value));
        return std::move(sink.text);
    }
}

template <class To, class From>
concept gives_plainly =
    std::same_as<To, From> || (text_like<To> && text_like<From>) ||
    (std::floating_point<To> && std::is_arithmetic_v<From> && !std::same_as<From, bool>) ||
    (whole_number<To> && whole_number<From> &&
     std::numeric_limits<From>::digits <= std::numeric_limits<To>::digits &&
     std::is_signed_v<From> <= std::is_signed_v<To>);

template <class T>
struct content {
    using type = void;
};
template <artifact_like T>
struct content<T> {
    using type = typename T::artifact_content;
};
/// Files go into each other; of those that both say what they hold, only the same.
template <class To, class From>
inline constexpr bool gives_artifact = [] {
    using taken = typename content<bare_of<To>>::type;
    using given = typename content<bare_of<From>>::type;
    return is_artifact<To> && is_artifact<From> &&
           (std::is_same_v<taken, given> || std::is_same_v<taken, std::string_view> ||
            std::is_same_v<given, std::string_view>);
}();

/// Whether a value of `From` may be given where a `To` is taken, without loss.
template <class To, class From>
concept gives = gives_plainly<To, From> || (is_optional<To> && gives_plainly<bare_of<To>, From>) ||
                gives_artifact<To, From>;

/// The name of a type with its namespaces, as the compiler has it.
template <class T>
constexpr std::string_view type_name() {
    std::string_view name(__PRETTY_FUNCTION__, sizeof __PRETTY_FUNCTION__ - 1);
    name.remove_prefix(name.find("T = ") + 4);
    std::size_t end = 0;
    while (end < name.size() && name[end] != ';' && name[end] != ']') ++end;
    return name.substr(0, end);
}

/// What a site says of the contract of its owner: `Kind` and the type, in storage that sites may view.
template <class T, char Kind>
struct contract_mark {
    static constexpr std::size_t size = type_name<T>().size() + 2;
    struct characters {
        char text[size];
    };
    static constexpr characters written = [] {
        characters made{};
        made.text[0] = '<';  // no member of a model begins like that
        made.text[1] = Kind;
        for (std::size_t i = 2; i < size; ++i) made.text[i] = type_name<T>()[i - 2];
        return made;
    }();
    static constexpr literal view() {
        literal made;
        made.data = written.text;
        made.size = size;
        return made;
    }
};

}  // namespace tiphys::detail
