// SPDX-License-Identifier: Apache-2.0
#include "members.hpp"

#include <tiphys/model/generated/visit.hpp>

namespace tiphys::local::engine {
namespace {

class Names final : public visitor {
public:
    void begin_object() override { ++depth_; }
    void end_object() override { --depth_; }
    void begin_array() override { ++depth_; }
    void end_array() override { --depth_; }
    void key(std::string_view name) override {
        if (depth_ == 1) names.emplace_back(name);
    }
    void string(std::string_view) override {}
    void integer(std::int64_t) override {}
    void boolean(bool) override {}
    void number(std::string_view) override {}
    void null() override {}

    std::vector<std::string> names;

private:
    int depth_ = 0;
};

}  // namespace

template <class T>
std::vector<std::string> members(const T& object) {
    Names names;
    visit(names, object);
    return std::move(names.names);
}
template std::vector<std::string> members(const model::WorkflowSpec&);
template std::vector<std::string> members(const model::Template&);
template std::vector<std::string> members(const model::k8s::Container&);
template std::vector<std::string> members(const model::ScriptTemplate&);
template std::vector<std::string> members(const model::ValueFrom&);
template std::vector<std::string> members(const model::RetryStrategy&);

}  // namespace tiphys::local::engine
