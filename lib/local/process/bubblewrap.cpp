// SPDX-License-Identifier: Apache-2.0
#include "bubblewrap.hpp"

#include <charconv>
#include <cstdio>

namespace tiphys::local::process {

std::vector<std::string> bubblewrap_arguments(const Sandbox& sandbox, const View& view,
                                              const std::string& working_directory,
                                              const std::vector<std::string>& argv) {
    // A session of its own, so that a signal to the process's group does not meet bubblewrap itself.
    std::vector<std::string> line = {sandbox.program.string(), "--die-with-parent", "--new-session",
                                     "--json-status-fd", "3"};
    auto add = [&line](auto... words) { (line.emplace_back(words), ...); };
    if (!view.rebuilt) add("--dev-bind", "/", "/");
    for (const View::Entry& entry : view.entries) {
        switch (entry.kind) {
            case Step::Kind::directory: {
                char mode[8];
                std::snprintf(mode, sizeof mode, "%04o", entry.mode & 07777U);
                add("--perms", mode, "--dir", entry.target);
                break;
            }
            case Step::Kind::file: break;  // made by the bind that follows
            case Step::Kind::symbolic_link: add("--symlink", entry.source, entry.target); break;
            case Step::Kind::attach:
                add(entry.read_only  ? "--ro-bind"
                    : entry.optional ? "--dev-bind-try"
                                     : "--dev-bind",
                    entry.source, entry.target);
                break;
        }
    }
    if (sandbox.process_namespace) add("--unshare-pid", "--proc", "/proc");
    add("--chdir", working_directory.empty() ? "/" : working_directory, "--");
    line.insert(line.end(), argv.begin(), argv.end());
    return line;
}

Account read_account(std::string_view text) {
    Account account;
    constexpr std::string_view child = "\"child-pid\":";
    if (std::size_t at = text.find(child); at != text.npos) {
        at = text.find_first_not_of(' ', at + child.size());
        if (at != text.npos) std::from_chars(text.data() + at, text.data() + text.size(), account.child);
    }
    account.ended = text.find("\"exit-code\":") != text.npos;
    return account;
}

}  // namespace tiphys::local::process
