// SPDX-License-Identifier: Apache-2.0
#include <tiphys/expression/go_text.hpp>
#include <tiphys/expression/template.hpp>

#include <boost/json/array.hpp>

#include <algorithm>
#include <map>
#include <utility>

namespace tiphys::expression {
namespace {

/// The text without blanks between its tokens, `<`, `>` and `&` escaped, as json.Marshal leaves raw JSON.
std::string compact(std::string_view json) {
    std::string out;
    bool inside = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char byte = json[i];
        if (!inside && (byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r')) continue;
        if (byte == '"') inside = !inside;
        if (inside && byte == '\\' && i + 1 < json.size()) {
            out += byte;
            out += json[++i];
        } else if (byte == '<') {
            out += "\\u003c";
        } else if (byte == '>') {
            out += "\\u003e";
        } else if (byte == '&') {
            out += "\\u0026";
        } else {
            out += byte;
        }
    }
    return out;
}

/// The pieces between the outer brackets of compact JSON, cut at `separator`s of the outer level.
std::vector<std::string_view> pieces(std::string_view json, char separator) {
    std::vector<std::string_view> out;
    json = json.substr(1, json.size() - 2);
    if (json.empty()) return out;
    std::size_t begin = 0;
    int depth = 0;
    bool inside = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char byte = json[i];
        if (inside && byte == '\\')
            ++i;
        else if (byte == '"')
            inside = !inside;
        else if (!inside && (byte == '[' || byte == '{'))
            ++depth;
        else if (!inside && (byte == ']' || byte == '}'))
            --depth;
        else if (!inside && depth == 0 && byte == separator) {
            out.push_back(json.substr(begin, i - begin));
            begin = i + 1;
        }
    }
    out.push_back(json.substr(begin));
    return out;
}

/// Keys decoded and sorted; the last of two equal ones counts.
std::map<std::string, std::string_view> members(std::string_view json) {
    std::map<std::string, std::string_view> out;
    for (const std::string_view member : pieces(json, ',')) {
        std::size_t end = 1;
        while (member[end] != '"') end += member[end] == '\\' ? 2 : 1;
        const boost::json::value key = read_json(member.substr(0, end + 1));
        out[std::string(key.get_string())] = member.substr(end + 2);
    }
    return out;
}

/// fmt `%v` of Argo's Item: compact JSON, the quotes of a text taken off but not its escapes.
std::string show(std::string_view json) {
    if (json.starts_with('"')) json = json.substr(1, json.size() - 2);
    std::string out(json);
    for (const auto& [from, to] :
         {std::pair("\\u003c", "<"), std::pair("\\u003e", ">"), std::pair("\\u0026", "&")})
        for (auto at = out.find(from); at != std::string::npos; at = out.find(from, at))
            out.replace(at, 6, to);
    return out;
}

}  // namespace

ItemScope item_scope(std::string_view item, std::string_view name, std::size_t index) {
    const boost::json::value value = read_json(item);
    const std::string json = compact(item);
    ItemScope out;
    std::string shown;
    if (const auto* text = value.if_string()) {
        out.scope.set("item", *text);
        shown = show(json);
    } else if (value.is_object()) {
        std::vector<std::string> parts;
        std::string whole = "{";
        for (const auto& [key, raw] : members(json)) {
            out.scope.set("item." + key, show(raw));
            parts.push_back(key + ':' + show(raw));
            whole += whole.size() > 1 ? "," : "";
            whole.append(write_json(boost::json::string(key))).append(":").append(raw);
        }
        out.scope.set("item", whole + '}');
        std::sort(parts.begin(), parts.end());
        for (const std::string& part : parts) shown += (shown.empty() ? "" : ",") + part;
    } else if (value.is_array() || value.is_null()) {
        out.scope.set("item", json);
        shown = "[";
        if (value.is_array())
            for (const std::string_view element : pieces(json, ','))
                shown += (shown.size() > 1 ? " " : "") + show(element);
        shown += ']';
    } else {
        out.scope.set("item", json);
        shown = json;
    }
    std::erase_if(shown, [](char byte) { return byte == '(' || byte == ')'; });
    out.node_name = std::string(name) + '(' + std::to_string(index) + ':' + shown + ')';
    return out;
}

std::vector<std::string> parse_with_param(std::string_view text) {
    const auto fail = [&](std::string_view why) {
        return ExpressionError("withParam value could not be parsed as a JSON list: " +
                               std::string(trim_space(text)) + ": " + std::string(why));
    };
    boost::json::value value;
    try {
        value = read_json(text);
    } catch (const ExpressionError& error) {
        throw fail(error.what());
    }
    std::vector<std::string> out;
    if (value.is_null()) return out;
    if (!value.is_array())
        throw fail("json: cannot unmarshal " +
                   std::string(value.is_object()   ? "object"
                               : value.is_string() ? "string"
                               : value.is_bool()   ? "bool"
                                                   : "number") +
                   " into Go value of type []v1alpha1.Item");
    const std::string json = compact(text);
    for (const std::string_view element : pieces(json, ',')) out.emplace_back(element);
    return out;
}

}  // namespace tiphys::expression
