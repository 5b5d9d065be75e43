// SPDX-License-Identifier: Apache-2.0
#include <tiphys/check/release.hpp>
#include <tiphys/check/validate.hpp>
#include <tiphys/text/documents.hpp>

#include <algorithm>
#include <deque>
#include <filesystem>
#include <map>
#include <optional>
#include <ostream>
#include <tuple>

#include "commands.hpp"
#include "findings.hpp"
#include "folder.hpp"
#include "manifest.hpp"
#include "print.hpp"
#include "terminal.hpp"

namespace tiphys::cli {
namespace {

namespace fs = std::filesystem;

/// One file and what it holds, as far as it could be read.
struct Source {
    std::string name;
    std::string text;
    Documents documents;
};

std::vector<std::string> files_of(const std::vector<std::string>& given) {
    std::vector<std::string> files;
    for (const std::string& one : given) {
        std::error_code ignored;
        if (one != "-" && fs::is_directory(one, ignored)) {
            for (const fs::path& file : manifests_of(one, true)) files.push_back(file.string());
        } else {
            files.push_back(one);
        }
    }
    if (std::count(files.begin(), files.end(), "-") > 1)
        throw UsageError("lint: standard input can be read once; write `-` once");
    return files;
}

std::string line_of(std::string_view text, std::size_t line) {
    for (; line > 1; --line) {
        const std::size_t end = text.find('\n');
        if (end == text.npos) return {};
        text.remove_prefix(end + 1);
    }
    return std::string(text.substr(0, text.find_first_of("\r\n")));
}

/// Reads, judges and collects.
class Lint {
public:
    explicit Lint(const LintOptions& options) {
        check_.create = options.create;
        try {
            for (const std::string& rule : options.disabled) check_.disable(rule);
        } catch (const std::invalid_argument& error) {
            throw UsageError(std::string("--disable: ") + error.what());
        }
        if (options.argo_version.empty()) return;
        release_ = Release::parse(options.argo_version);
        if (!release_)
            throw UsageError("--argo-version " + options.argo_version +
                             ": not a release that this program knows; it knows " + Release::names());
    }

    void read(const std::string& file) {
        // In a deque: the set of documents refers to them.
        Source& source = sources_.emplace_back(Source{file == "-" ? "standard input" : file, {}, {}});
        try {
            source.text = tiphys::read_text(file);
            source.documents = read_documents(source.text, source.name);
        } catch (const ReadError& error) {
            unreadable_ = true;
            found_.push_back({source.name,
                              {error.line, error.column},
                              nullptr,
                              error.path,
                              error.reason,
                              line_of(source.text, error.line)});
        }
        for (const Document& document : source.documents) add(document);
    }

    /// Documents without a text; each is called by its name.
    void take(const Documents& documents) {
        for (const Document& document : documents) {
            Source& source = sources_.emplace_back(Source{name_of(document), {}, {document}});
            if (source.name.empty()) source.name = document.kind;
            add(source.documents.front());
        }
    }

    void judge() {
        for (const Source& source : sources_)
            for (const Document& document : source.documents) judge(source, document, document.line, "");
        // In the order of the files and of their lines; what stands in one line keeps its order.
        std::map<std::tuple<std::size_t, std::size_t, std::size_t>, Finding> sorted;
        for (std::size_t i = 0; i < found_.size(); ++i)
            sorted.try_emplace({order_of(found_[i].file), found_[i].place.line, i}, std::move(found_[i]));
        found_.clear();
        for (auto& [place, finding] : sorted) found_.push_back(std::move(finding));
    }

    const std::vector<Finding>& found() const noexcept { return found_; }
    bool unreadable() const noexcept { return unreadable_; }
    std::size_t judged() const noexcept { return judged_; }

private:
    std::size_t order_of(const std::string& file) const {
        std::size_t i = 0;
        while (i < sources_.size() && sources_[i].name != file) ++i;
        return i;
    }

    void add(const Document& document) {
        std::visit([this](const auto& value) { add_value(value); }, document.value);
    }
    void add_value(const model::WorkflowTemplate& value) { set_.add(value); }
    void add_value(const model::ClusterWorkflowTemplate& value) { set_.add(value); }
    void add_value(const model::WorkflowTemplateList& value) {
        for (const auto& one : value.items) set_.add(one);
    }
    void add_value(const model::ClusterWorkflowTemplateList& value) {
        for (const auto& one : value.items) set_.add(one);
    }
    void add_value(const DocumentList& value) {
        for (const Document& one : value.items) add(one);
    }
    template <class T>
    void add_value(const T&) {}

    void judge(const Source& source, const Document& document, std::size_t line, const std::string& at) {
        std::visit([&](const auto& value) { judge_value(source, value, line, at); }, document.value);
        if (release_ && at.empty())
            for (const Diagnostic& one : check_release(document, *release_))
                if (!check_.disables(*one.rule)) add(source, one, line, at);
    }
    template <class T>
    void judge_value(const Source& source, const T& value, std::size_t line, const std::string& at) {
        if constexpr (detail::is_document<T>) {
            ++judged_;
            for (const Diagnostic& one : validate(value, set_, check_)) add(source, one, line, at);
        } else if constexpr (std::is_same_v<T, DocumentList>) {
            for (std::size_t i = 0; i < value.items.size(); ++i)
                judge(source, value.items[i], line, at + "items[" + std::to_string(i) + "].");
        } else if constexpr (requires {
                                 requires detail::is_document<std::remove_cvref_t<decltype(value.items[0])>>;
                             }) {
            for (std::size_t i = 0; i < value.items.size(); ++i)
                judge_value(source, value.items[i], line, at + "items[" + std::to_string(i) + "].");
        }
    }

    void add(const Source& source, const Diagnostic& diagnostic, std::size_t line, const std::string& at) {
        const std::string path = at + diagnostic.location.string();
        if (source.text.empty()) {
            found_.push_back({source.name, {}, diagnostic.rule, path, diagnostic.message.string(), {}});
            return;
        }
        // Of the text that begins with the document; earlier ones are not read again.
        std::string_view text = source.text;
        for (std::size_t i = 1; i < line; ++i)
            text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
        Location place = locate(text, path);
        if (place.line == 0) place = {1, 1};
        place.line += line - 1;
        found_.push_back({source.name, place, diagnostic.rule, path, diagnostic.message.string(),
                          line_of(source.text, place.line)});
    }

    CheckOptions check_;
    std::optional<Release> release_;
    std::deque<Source> sources_;
    DocumentSet set_;
    std::vector<Finding> found_;
    std::size_t judged_ = 0;
    bool unreadable_ = false;
};

std::string counted(std::size_t n, const char* what) {
    return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
}

/// Prints what was found; `subjects` says of what.
int report(std::ostream& out, const Lint& lint, LintFormat format, const std::string& subjects) {
    const auto& found = lint.found();
    const auto errors = static_cast<std::size_t>(std::count_if(
        found.begin(), found.end(), [](const Finding& one) { return one.severity() == Severity::error; }));
    if (format == LintFormat::json) {
        print_json(out, found);
    } else if (format == LintFormat::github) {
        print_github(out, found);
    } else {
        const bool terminal = is_terminal();
        print_text(out, found, Style{is_utf8_locale(), terminal && wants_colour(), screen_size().second},
                   terminal);
        out << subjects << counted(lint.judged(), "document") << ": ";
        if (found.empty())
            out << "no mistakes\n";
        else
            out << counted(errors, "error") << ", " << counted(found.size() - errors, "warning") << '\n';
    }
    flush(out);
    if (lint.unreadable()) return exit_usage;
    return errors == 0 ? exit_succeeded : exit_failed;
}

}  // namespace

int lint(const LintCommand& command, std::ostream& out) {
    const std::vector<std::string> files = files_of(command.files);
    Lint lint(command.how);
    for (const std::string& file : files) lint.read(file);
    lint.judge();
    return report(out, lint, command.how.format, counted(files.size(), "file") + ", ");
}

int lint(const Console& console, const Documents& documents, const LintOptions& options) {
    Lint lint(options);
    lint.take(documents);
    lint.judge();
    return report(console.out, lint, options.format, "");
}

}  // namespace tiphys::cli
