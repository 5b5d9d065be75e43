// SPDX-License-Identifier: Apache-2.0
#include "view.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <system_error>

namespace tiphys::local::process {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_entries = 512;

bool beneath(const fs::path& path, const fs::path& folder) {
    auto [end, at] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
    return end == folder.end();
}

fs::path normal(const fs::path& path) {
    fs::path result = path.lexically_normal();
    return result.has_filename() || result == result.root_path() ? result : result.parent_path();
}

class Builder {
public:
    explicit Builder(std::vector<Place> places) : places_(std::move(places)) {}

    View build() {
        for (const Place& place : places_)
            if (!prepare(place)) return std::move(view_);
        if (!opened_.empty()) {
            view_.rebuilt = true;
            if (!rebuild("/")) return std::move(view_);
        }
        for (const Place& place : places_) {
            if (view_.rebuilt && !make_missing(place.target, fs::is_directory(place.source)))
                return std::move(view_);
            view_.entries.push_back({Step::Kind::attach, place.source, place.target, place.read_only, 0});
        }
        return std::move(view_);
    }

private:
    bool refuse(std::string why) {
        view_.error = std::move(why);
        return false;
    }

    // Makes source and mount point where they are this program's to make, and notes which folders to rebuild.
    bool prepare(const Place& place) {
        std::error_code failure;
        const std::string shown = "\"" + place.target.string() + "\"";
        if (!place.target.is_absolute() || place.target == "/")
            return refuse("cannot give the process its own " + shown + ": name an absolute path below /");
        if (place.made) {
            fs::create_directories(place.source, failure);
            if (failure) return refuse("cannot make \"" + place.source.string() + "\": " + failure.message());
            if (place.target == "/tmp" || place.target == "/var/tmp") ::chmod(place.source.c_str(), 01777);
        }
        fs::file_status source = fs::status(place.source, failure);
        if (!fs::exists(source))
            return refuse("cannot mount \"" + place.source.string() + "\" at " + shown +
                          ": it does not exist");
        bool folder = fs::is_directory(source);

        const Place* outer = place_of(places_before(place), place.target.parent_path());
        if (outer != nullptr) {
            fs::path point = outer->source / place.target.lexically_relative(outer->target);
            if (folder)
                fs::create_directories(point, failure);
            else if (fs::create_directories(point.parent_path(), failure); !failure && !fs::exists(point))
                std::ofstream{point};
            if (failure || !fs::exists(point))
                return refuse("cannot mount at " + shown + ": \"" + point.string() + "\" cannot be made");
            return true;
        }
        fs::file_status target = fs::status(place.target, failure);
        if (fs::exists(target)) {
            if (fs::is_directory(target) != folder)
                return refuse("cannot mount \"" + place.source.string() + "\" at " + shown +
                              ": one is a folder and the other is not");
            return true;
        }
        for (fs::path above = place.target.parent_path();; above = above.parent_path()) {
            if (fs::is_directory(above, failure)) {
                for (const char* special : {"/proc", "/sys", "/dev"})
                    if (beneath(above, special))
                        return refuse("cannot make " + shown + " for the process: \"" + special +
                                      "\" takes no new entries; choose another path");
                opened_.insert(above);
            } else if (fs::exists(above, failure)) {
                return refuse("cannot make " + shown + " for the process: \"" + above.string() +
                              "\" is not a folder");
            }
            if (above == above.root_path()) return true;
        }
    }

    const std::vector<Place>& places_before(const Place& place) {
        before_.assign(static_cast<const Place*>(places_.data()), &place);
        return before_;
    }

    bool is_place(const fs::path& path) const {
        return std::any_of(places_.begin(), places_.end(),
                           [&](const Place& place) { return place.target == path; });
    }

    bool rebuild(const fs::path& folder) {
        std::error_code failure;
        std::size_t count = 0;
        fs::directory_iterator entry(folder, failure);
        for (; !failure && entry != fs::directory_iterator(); entry.increment(failure)) {
            if (++count > max_entries)
                return refuse("cannot give the process a new path in \"" + folder.string() +
                              "\": it has more than " + std::to_string(max_entries) +
                              " entries; choose a path in another folder, say /tmp");
            const fs::path& path = entry->path();
            if (is_place(path)) continue;  // made and attached later
            fs::file_status status = entry->symlink_status(failure);
            if (failure || status.type() == fs::file_type::not_found) {  // gone since it was listed
                failure.clear();
                continue;
            }
            if (fs::is_symlink(status)) {
                view_.entries.push_back(
                    {Step::Kind::symbolic_link, fs::read_symlink(path, failure), path, false, 0});
            } else if (opened_.contains(path)) {
                unsigned mode = static_cast<unsigned>(status.permissions()) & 07777U;
                view_.entries.push_back({Step::Kind::directory, {}, path, false, mode});
                known_.insert(path);
                if (!rebuild(path)) return false;
            } else {
                bool is_folder = fs::is_directory(status);
                view_.entries.push_back(
                    {is_folder ? Step::Kind::directory : Step::Kind::file, {}, path, false, 0755});
                view_.entries.push_back({Step::Kind::attach, path, path, false, 0, true});
            }
        }
        if (failure)
            return refuse("cannot give the process a new path in \"" + folder.string() +
                          "\": " + failure.message());
        return true;
    }

    // The mount point and the folders above it that only the process will have.
    bool make_missing(const fs::path& target, bool folder) {
        if (known_.contains(target)) return true;
        std::error_code failure;
        fs::path above = target.parent_path();
        bool in_rebuilt = opened_.contains(above);
        if (!in_rebuilt && place_of(places_, above) != nullptr) return true;  // made by prepare
        if (!in_rebuilt && fs::exists(above, failure)) return true;           // in a folder of this machine
        if (!in_rebuilt && !make_missing(above, true)) return false;
        view_.entries.push_back({folder ? Step::Kind::directory : Step::Kind::file, {}, target, false, 0755});
        known_.insert(target);
        return true;
    }

    std::vector<Place> places_;
    std::vector<Place> before_;
    std::set<fs::path> opened_;
    std::set<fs::path> known_;
    View view_;
};

}  // namespace

fs::path resolved(const std::vector<Place>& places, const fs::path& path) {
    fs::path rest = normal(path);
    if (!rest.is_absolute()) return rest;
    // As many links as the kernel follows; what is left after that is as good as missing.
    for (int links = 0; links < 40; ++links) {
        fs::path done = "/";
        bool again = false;
        fs::path relative = rest.relative_path();
        for (auto part = relative.begin(); part != relative.end(); ++part) {
            fs::path next = done / *part;
            std::error_code failure;
            if (place_of(places, done) == nullptr && place_of(places, next) == nullptr &&
                fs::is_symlink(fs::symlink_status(next, failure))) {
                next = done / fs::read_symlink(next, failure);
                while (++part != relative.end()) next /= *part;
                rest = normal(next);
                again = true;
                break;
            }
            done = std::move(next);
        }
        if (!again) return done;
    }
    return rest;
}

std::vector<Place> places_of(const ProcessSpec& spec) {
    std::vector<Place> wanted, places;
    if (spec.isolation == Isolation::none) return places;
    auto insert = [](std::vector<Place>& into, Place place) {  // outer first; of equal targets the later wins
        auto at = std::upper_bound(into.begin(), into.end(), place,
                                   [](const Place& a, const Place& b) { return a.target < b.target; });
        into.insert(at, std::move(place));
    };
    for (const std::string& folder : spec.private_directories)
        insert(wanted, {normal(folder), {}, false, true});
    for (const Mount& mount : spec.mounts)
        insert(wanted, {normal(mount.target), fs::absolute(mount.source), mount.read_only, false});
    for (Place& place : wanted) {
        place.target = resolved(places, place.target);
        if (place.made) place.source = fs::absolute(spec.private_root / place.target.relative_path());
        insert(places, std::move(place));
    }
    return places;
}

const Place* place_of(const std::vector<Place>& places, const fs::path& path) {
    for (auto place = places.rbegin(); place != places.rend(); ++place)
        if (beneath(path, place->target)) return &*place;
    return nullptr;
}

fs::path host_path(const std::vector<Place>& places, const fs::path& path) {
    if (places.empty()) return path;
    fs::path real = resolved(places, path);
    const Place* place = place_of(places, real);
    if (place == nullptr) return path;
    return real == place->target ? place->source : place->source / real.lexically_relative(place->target);
}

View make_view(const ProcessSpec& spec, const std::vector<Place>& places) {
    View view;
    if (spec.isolation == Isolation::none) {
        if (!spec.mounts.empty() || !spec.private_directories.empty())
            view.error = "a process with its own files needs Isolation::private_files";
        return view;
    }
    std::error_code failure;
    if (!spec.private_root.empty()) fs::create_directories(spec.private_root, failure);
    if (spec.private_root.empty() || failure) {
        view.error = "a process with its own files needs a private_root to keep them in";
        if (failure) view.error += ": \"" + spec.private_root.string() + "\": " + failure.message();
        return view;
    }
    return Builder(places).build();
}

}  // namespace tiphys::local::process
