// SPDX-License-Identifier: Apache-2.0
#include "pod_spec.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <system_error>

namespace tiphys::local::engine {
namespace {

/// Folders that programs need: hiding what they hold would break the pod.
bool essential(std::string_view folder) {
    for (const std::string_view root : {"/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32",
                                        "/etc", "/dev", "/proc", "/sys", "/boot"})
        if (folder == root || (folder.starts_with(root) && folder.substr(root.size()).starts_with('/')))
            return true;
    return folder == "/" || folder == "/run" || folder == "/var" || folder == "/var/lib" ||
           folder == "/opt" || folder == "/home";
}

/// Whether the pod's own files hide a program of this machine.
bool hidden(const std::string& program, const std::vector<std::string>& folders) {
    std::error_code ignored;
    if (!program.starts_with('/') || !std::filesystem::is_regular_file(program, ignored)) return false;
    const std::string path = std::filesystem::path(program).lexically_normal().string();
    return std::any_of(folders.begin(), folders.end(),
                       [&](const std::string& folder) { return path.starts_with(folder + "/"); });
}

void add_environment(ProcessSpec& spec, const list<model::k8s::EnvVar>& environment) {
    for (const auto& each : environment)
        spec.environment.emplace_back(each.name.string(), expand_references(each.value, environment));
}

}  // namespace

std::string expand_references(std::string_view text, const list<model::k8s::EnvVar>& environment) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '$' || at + 1 == text.size()) {
            out += text[at];
            continue;
        }
        if (text[at + 1] == '$') {
            out += '$';
            ++at;
            continue;
        }
        const std::size_t end = text[at + 1] == '(' ? text.find(')', at) : std::string_view::npos;
        if (end == std::string_view::npos) {
            out += '$';
            continue;
        }
        const std::string_view name = text.substr(at + 2, end - at - 2);
        const auto found = std::find_if(environment.begin(), environment.end(),
                                        [&](const auto& each) { return each.name == name; });
        if (found == environment.end())
            out.append(text.substr(at, end + 1 - at));
        else
            out.append(found->value.view());
        at = end;
    }
    return out;
}

PrivateFolder private_folder(std::string_view path) {
    if (!path.starts_with('/')) return {{}, "is no absolute path"};
    const std::string folder = std::filesystem::path(path).lexically_normal().parent_path().string();
    if (folder == "/tmp" || folder.starts_with("/tmp/")) return {"/tmp", {}};
    if (essential(folder))
        return {{},
                "lies in " + folder +
                    ", which this machine's programs need; write below /tmp or a folder of its own"};
    return {folder, {}};
}

ProcessSpec process_spec(const model::Template& processed, const std::filesystem::path& folder,
                         bool sandboxed) {
    ProcessSpec spec;
    const auto take = [&](const auto& container) {
        for (const str& each : container.command) spec.argv.push_back(expand_references(each, container.env));
        for (const str& each : container.args) spec.argv.push_back(expand_references(each, container.env));
        add_environment(spec, container.env);
        spec.working_directory = container.workingDir.string();
    };
    if (processed.script)
        take(*processed.script);
    else
        take(*processed.container);

    if (sandboxed) {
        spec.isolation = Isolation::private_files;
        spec.private_root = folder / "root";
        spec.private_directories = {"/tmp"};
        if (processed.outputs)
            for (const model::Parameter& output : processed.outputs->parameters) {
                if (!output.valueFrom || output.valueFrom->path.empty()) continue;
                const std::string own = private_folder(output.valueFrom->path).folder;
                auto& folders = spec.private_directories;
                if (!own.empty() && std::find(folders.begin(), folders.end(), own) == folders.end())
                    folders.push_back(own);
            }
    }
    if (sandboxed && !spec.argv.empty() && hidden(spec.argv.front(), spec.private_directories))
        spec.mounts.push_back(
            Mount{.source = spec.argv.front(), .target = spec.argv.front(), .read_only = true});
    if (processed.script && !processed.script->source.empty()) {
        std::filesystem::create_directories(folder);
        const std::filesystem::path file = folder / "script";
        {
            std::ofstream out(file, std::ios::binary);
            const std::string_view source = processed.script->source;
            out.write(source.data(), static_cast<std::streamsize>(source.size()));
            out.flush();
            if (!out)
                throw std::system_error(errno, std::generic_category(), "cannot write " + file.string());
        }
        std::filesystem::permissions(file, std::filesystem::perms(0755));
        if (sandboxed) {
            spec.mounts.push_back(
                Mount{.source = file, .target = std::string(script_path), .read_only = true});
            spec.argv.emplace_back(script_path);
        } else {
            spec.argv.push_back(file.string());
        }
    }
    return spec;
}

}  // namespace tiphys::local::engine
