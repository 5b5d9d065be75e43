// SPDX-License-Identifier: Apache-2.0
#include <tiphys/model/generated/visit.hpp>
#include <tiphys/text/documents.hpp>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <optional>

#include "json_events.hpp"
#include "path.hpp"
#include "readers.hpp"

namespace tiphys {
namespace {

/// Where a value of the type goes.
struct Target {
    const model::value_type* type;
    void* at;
};

template <class T>
Target made(Document& document) {
    return {&model::detail::type_of<T>::value, &document.value.emplace<T>()};
}

Target target(Document& document) {
    if (document.kind == "Workflow") return made<model::Workflow>(document);
    if (document.kind == "WorkflowTemplate") return made<model::WorkflowTemplate>(document);
    if (document.kind == "ClusterWorkflowTemplate") return made<model::ClusterWorkflowTemplate>(document);
    if (document.kind == "CronWorkflow") return made<model::CronWorkflow>(document);
    if (document.kind == "WorkflowEventBinding") return made<model::WorkflowEventBinding>(document);
    return made<json>(document);
}

/// Errors: ReadError, JsonMistake.
Documents read_json_documents(std::string_view text, const ReadOptions& options) {
    Documents documents;
    std::size_t line = 1;
    std::size_t counted = 0;
    for (std::size_t at = detail::skip_space(text); at < text.size(); at = detail::skip_space(text, at)) {
        line += detail::location_of(text.substr(counted), at - counted).line - 1;
        counted = at;
        Document& document = documents.emplace_back();
        document.line = line;
        document.kind = detail::json_kind(text.substr(at));
        const Target to = target(document);
        at = detail::read_json_value(text, at, options, *to.type, to.at);
    }
    return documents;
}

/// Errors: ReadError, YamlMistake.
Documents read_yaml_documents(std::string_view text, const ReadOptions& options) {
    Documents documents;
    detail::YamlEvents events(text, options);
    for (std::size_t number = 0; events.next_document(); ++number) {
        Document document{.kind = events.peek_kind(), .value = {}};
        document.line = events.start().line;
        if (events.is_empty()) continue;
        const Target to = target(documents.emplace_back(std::move(document)));
        detail::read_yaml_document(events, text, number, options, *to.type, to.at);
    }
    return documents;
}

std::string_view display_name(const std::string& path) {
    return path == "-" ? std::string_view("standard input") : std::string_view(path);
}

[[noreturn]] void fail_file(const std::string& path, const std::string& what) {
    throw ReadError({}, what + ": " + std::strerror(errno), {}, std::string(display_name(path)));
}

}  // namespace

Documents read_documents(std::string_view given, std::string_view name, const ReadOptions& base) {
    ReadOptions options = base;
    options.name = std::string(name);
    const std::string_view text = detail::checked_text(given, options);
    std::optional<detail::JsonMistake> not_json;
    if (detail::looks_like_json(text)) {
        try {
            return read_json_documents(text, options);
        } catch (const detail::JsonMistake& mistake) {
            not_json = mistake;
        }
    }
    // YAML's flow style begins as JSON does; what is neither is reported as JSON.
    try {
        return read_yaml_documents(text, options);
    } catch (const detail::YamlMistake& mistake) {
        const bool as_json = not_json.has_value() && mistake.is_syntax;
        throw ReadError({}, as_json ? not_json->reason : mistake.reason,
                        as_json ? not_json->place : mistake.place, options.name);
    }
}

std::string read_text(const std::string& path, const ReadOptions& options) {
    const auto close = [](std::FILE* file) {
        if (file != stdin) std::fclose(file);
    };
    const std::unique_ptr<std::FILE, decltype(close)> file(
        path == "-" ? stdin : std::fopen(path.c_str(), "rb"), close);
    if (!file) fail_file(path, "cannot open");
    std::string text;
    std::size_t chunk = 1u << 16;
    while (text.size() <= options.max_bytes) {
        const std::size_t had = text.size();
        text.resize(had + chunk);
        const std::size_t got = std::fread(text.data() + had, 1, chunk, file.get());
        text.resize(had + got);
        if (got < chunk) {
            if (std::ferror(file.get()) != 0) fail_file(path, "cannot read");
            return text;
        }
    }
    throw ReadError({},
                    "longer than " + std::to_string(options.max_bytes) + " bytes (ReadOptions::max_bytes)",
                    {}, std::string(display_name(path)));
}

Documents read_file(const std::string& path, const ReadOptions& options) {
    return read_documents(read_text(path, options), display_name(path), options);
}

std::string to_json(const Document& document) {
    return std::visit([](const auto& value) { return to_json(value); }, document.value);
}

std::string to_pretty_json(const Document& document) {
    return std::visit([](const auto& value) { return to_pretty_json(value); }, document.value);
}

std::string to_yaml(const Document& document) {
    return std::visit([](const auto& value) { return to_yaml(value); }, document.value);
}

std::string to_pretty_json(const Documents& documents) {
    std::string made;
    for (const Document& document : documents) made += to_pretty_json(document);
    return made;
}

std::string to_yaml(const Documents& documents) {
    std::string made;
    for (const Document& document : documents) {
        if (!made.empty()) made += "---\n";
        made += to_yaml(document);
    }
    return made;
}

}  // namespace tiphys
