// SPDX-License-Identifier: Apache-2.0
#include "text_input.hpp"

#include <tiphys/text/documents.hpp>

#include <cerrno>
#include <cstdio>
#include <istream>

namespace tiphys {
namespace {

std::string_view display_name(const std::string& path) {
    return path == "-" ? std::string_view("standard input") : std::string_view(path);
}

[[noreturn]] void fail_file(const std::string& what, const ReadOptions& options) {
    throw ReadError({}, what + ": " + std::strerror(errno), {}, options.name);
}

}  // namespace

void detail::fail_too_long(const ReadOptions& options) {
    throw ReadError({},
                    "longer than " + std::to_string(most_bytes(options)) + " bytes (ReadOptions::max_bytes)",
                    {}, options.name);
}

std::string read_text(std::istream& in, const ReadOptions& options) {
    if (!in) throw ReadError({}, "the stream has failed before anything was read from it", {}, options.name);
    std::string text = detail::gather(options, [&](char* to, std::size_t n) {
        in.read(to, static_cast<std::streamsize>(n));
        return static_cast<std::size_t>(in.gcount());
    });
    if (in.bad()) throw ReadError({}, "cannot read the stream", {}, options.name);
    return text;
}

std::string read_text(const std::string& path, const ReadOptions& base) {
    ReadOptions options = base;
    options.name = std::string(display_name(path));
    const auto close = [](std::FILE* file) {
        if (file != stdin) std::fclose(file);
    };
    const std::unique_ptr<std::FILE, decltype(close)> file(
        path == "-" ? stdin : std::fopen(path.c_str(), "rb"), close);
    if (!file) fail_file("cannot open", options);
    std::string text =
        detail::gather(options, [&](char* to, std::size_t n) { return std::fread(to, 1, n, file.get()); });
    if (std::ferror(file.get()) != 0) fail_file("cannot read", options);
    return text;
}

Documents read_documents(std::istream& in, std::string_view name, const ReadOptions& base) {
    ReadOptions options = base;
    options.name = std::string(name);
    return read_documents(read_text(in, options), name, options);
}

Documents read_file(const std::string& path, const ReadOptions& options) {
    return read_documents(read_text(path, options), display_name(path), options);
}

}  // namespace tiphys
