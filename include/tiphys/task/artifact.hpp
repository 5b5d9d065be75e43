// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/core/str.hpp>

#include <string>
#include <string_view>
#include <utility>

/// Members that are files of the pod. In what a function takes and in what it gives, `File`, `Text` and
/// `Json<T>` are artifacts; `std::optional` of one is an optional artifact. `OutputArtifact` and
/// `OutputParameter` stand in what a function takes, and are outputs that it writes itself.
namespace tiphys {

/// A file, or a folder, by its path. Taken: where the artifact lies. Given: what becomes the artifact; it is
/// copied to where the template says.
class File {
public:
    using artifact_content = std::string_view;

    constexpr File() noexcept = default;
    constexpr explicit File(std::string_view path) : path_(path) {}

    std::string path() const { return path_.string(); }

private:
    str path_;
};

/// The bytes of a file.
class Text {
public:
    using artifact_content = std::string_view;

    constexpr Text() noexcept = default;
    constexpr explicit Text(std::string_view content) : content_(content) {}

    /// Object lifetimes: it views this.
    constexpr std::string_view view() const noexcept { return content_.view(); }
    std::string string() const { return content_.string(); }

private:
    str content_;
};

/// A value that a file holds as JSON: anything that a parameter may be.
template <class T>
struct Json {
    using artifact_content = T;

    T value{};

    constexpr T& operator*() noexcept { return value; }
    constexpr const T& operator*() const noexcept { return value; }
    constexpr T* operator->() noexcept { return &value; }
    constexpr const T* operator->() const noexcept { return &value; }
};

/// A file that the function writes; it becomes the output artifact of the member's name.
class OutputArtifact {
public:
    using value_type = File;
    static constexpr char writes = 'a';

    constexpr OutputArtifact() noexcept = default;
    constexpr explicit OutputArtifact(std::string_view path) : path_(path) {}

    std::string path() const { return path_.string(); }

private:
    str path_;
};

/// A file that the function writes; its text becomes the output parameter of the member's name.
class OutputParameter {
public:
    using value_type = str;
    static constexpr char writes = 'p';

    constexpr OutputParameter() noexcept = default;
    constexpr explicit OutputParameter(std::string_view path) : path_(path) {}

    std::string path() const { return path_.string(); }

private:
    str path_;
};

}  // namespace tiphys
