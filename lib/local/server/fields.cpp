// SPDX-License-Identifier: Apache-2.0
#include "fields.hpp"

namespace tiphys::local::server {

FieldFilter::FieldFilter(std::string_view parameter) {
    if (parameter.empty()) return;
    if (parameter.starts_with('-')) {
        exclude_ = true;
        parameter.remove_prefix(1);
    }
    for (;;) {
        const std::size_t comma = parameter.find(',');
        fields_.emplace(parameter.substr(0, comma));
        if (comma == std::string_view::npos) return;
        parameter.remove_prefix(comma + 1);
    }
}

FieldFilter FieldFilter::without_prefix(std::string_view prefix) const {
    FieldFilter made;
    made.exclude_ = exclude_;
    for (const std::string& field : fields_) {
        std::string_view rest = field;
        if (rest.starts_with(prefix)) rest.remove_prefix(prefix.size());
        made.fields_.emplace(rest);
    }
    return made;
}

bool FieldFilter::leads_to_one(std::string_view path) const {
    // Sorted: the first entry that is not before the path is one that it begins, if there is any.
    const auto at = fields_.lower_bound(path);
    return at != fields_.end() && std::string_view(*at).starts_with(path);
}

void FieldFilter::apply(boost::json::value& value) const {
    if (empty()) return;
    std::string path;
    apply(value, path);
}

void FieldFilter::apply(boost::json::value& value, std::string& path) const {
    if (auto* items = value.if_array()) {
        for (boost::json::value& item : *items) apply(item, path);
        return;
    }
    auto* members = value.if_object();
    if (members == nullptr) return;
    const std::size_t length = path.size();
    boost::json::object kept(members->storage());
    for (auto& member : *members) {
        if (length != 0) path += '.';
        path += std::string_view(member.key().data(), member.key().size());
        const bool named = fields_.find(path) != fields_.end();
        if (exclude_ ? !named : leads_to_one(path)) {
            if (!named) apply(member.value(), path);
            kept.emplace(member.key(), std::move(member.value()));
        }
        path.resize(length);
    }
    *members = std::move(kept);
}

}  // namespace tiphys::local::server
