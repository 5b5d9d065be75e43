// SPDX-License-Identifier: Apache-2.0
#include <tiphys/model/generated/describe.hpp>
#include <tiphys/model/values.hpp>

#include <boost/json.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>

namespace tiphys::model {
namespace {

using form = value_type::form;

/// The committed schema, read without the generator's help.
const boost::json::object& schema() {
    static const boost::json::value document = [] {
        std::ifstream in(TIPHYS_SOURCE_DIR "/generator/schema/v4.1.2.json");
        return boost::json::parse(std::string(std::istreambuf_iterator<char>(in), {}));
    }();
    return document.as_object();
}

/// Definitions that are values of the core layer, and which.
const std::map<std::string, form, std::less<>> values{
    {"io.argoproj.workflow.v1alpha1.Amount", form::number},
    {"io.argoproj.workflow.v1alpha1.Item", form::json},
    {"io.argoproj.workflow.v1alpha1.Plugin", form::json},
    {"io.k8s.apimachinery.pkg.api.resource.Quantity", form::string},
    {"io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1", form::json},
    {"io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime", form::string},
    {"io.k8s.apimachinery.pkg.apis.meta.v1.Time", form::string},
    {"io.k8s.apimachinery.pkg.util.intstr.IntOrString", form::int_or_string},
    {"github.com.argoproj.argo_events.pkg.apis.events.v1alpha1.Amount", form::number},
    {"github.com.argoproj.argo_events.pkg.apis.events.v1alpha1.Int64OrString", form::int_or_string},
    {"github.com.argoproj.argo_events.pkg.apis.events.v1alpha1.K8SResource", form::json},
    {"sync.SyncConfigType", form::integer},
};

/// Members that Argo's encoder writes in the place of an embedded struct.
const std::set<std::string> embedded{"EventSourceStatus.status", "HDFSEventSource.watchPathConfig",
                                     "ResourceEventSource.groupVersionResource", "SensorStatus.status",
                                     "WebhookEventSource.webhookContext"};

/// Definitions that hold what an object was in an earlier release and what it is now.
const std::map<std::string, std::string> united{
    {"Cache.configMap", "required io.argoproj.workflow.v1alpha1.CacheConfigMap"}};

/// What a schema type ("required list string") must be in C++; empty if `type` is that.
std::string mismatch(std::string text, const value_type* type) {
    const bool required = text.starts_with("required ");
    if (required) text = text.substr(9);
    bool inside = false;
    for (;;) {
        const bool is_list = text.starts_with("list ");
        if (!is_list && !text.starts_with("map ")) break;
        if (type->shape != (is_list ? form::list : form::map)) return "must be a list or map: " + text;
        type = type->element;
        text = text.substr(is_list ? 5 : 4);
        inside = true;
    }
    if (const auto value = values.find(text); value != values.end())
        return type->shape == value->second ? "" : "must be the value of " + text;
    if (text == "io.argoproj.workflow.v1alpha1.ParallelSteps")
        return type->shape == form::list ? "" : "must be a list of steps";
    if (text.starts_with("string")) {
        const bool as_number =
            type->shape == form::integer;  // 64 bit integers that the swagger calls strings
        return type->shape == form::string || as_number ? "" : "must be a string";
    }
    if (text.starts_with("integer")) return type->shape == form::integer ? "" : "must be an integer";
    if (text == "boolean") return type->shape == form::boolean ? "" : "must be a boolean";
    if (text == "number") return type->shape == form::number ? "" : "must be a number";
    if (type->shape != (required || inside ? form::object : form::box)) return "must be an object: " + text;
    const object_type& object = *(type->shape == form::box ? type->element : type)->object();
    return object.name == text ? "" : "must be a " + text + ", not a " + std::string(object.name);
}

const object_type* find(std::string_view definition) {
    for (const object_type* type : all_types())
        if (type->name == definition) return type;
    return nullptr;
}

const field* find(const object_type& type, std::string_view name) {
    for (const field& each : type.fields)
        if (each.name == name) return &each;
    return nullptr;
}

TEST(Describe, KnowsAllDefinitionsAndProperties) {
    std::size_t definitions = 0, properties = 0, integers_as_text = 0;
    for (const auto& [name, value] : schema().at("definitions").as_object()) {
        ++definitions;
        if (value.is_object()) properties += value.as_object().size();
        if (values.contains(name) || value.is_string()) continue;
        const object_type* type = find(name);
        ASSERT_NE(type, nullptr) << name;
        const std::string_view short_name = type->name.substr(type->name.rfind('.') + 1);
        for (const auto& [property, fact] : value.as_object()) {
            const std::string where = std::string(short_name) + "." + std::string(property);
            const field* found = find(*type, property);
            if (embedded.contains(where)) {
                EXPECT_EQ(found, nullptr) << where;
                continue;
            }
            ASSERT_NE(found, nullptr) << where;
            const auto other = united.find(where);
            const std::string text = other == united.end() ? std::string(fact.as_string()) : other->second;
            EXPECT_EQ(mismatch(text, found->type), "") << where;
            if (text.starts_with("string") && found->type->shape == form::integer) ++integers_as_text;
            if (found->required) {
                EXPECT_TRUE(text.starts_with("required ")) << where;
            }
        }
    }
    EXPECT_EQ(definitions, 425u);
    EXPECT_EQ(properties, 2061u);
    // ParallelSteps is a list, and CacheConfigMap is no definition.
    EXPECT_EQ(all_types().size() + values.size() + 1 - united.size(), 425u);
    EXPECT_EQ(integers_as_text, 9u);
}

TEST(Describe, CountsMembers) {
    std::size_t members = 0;
    for (const object_type* type : all_types()) members += type->fields.size();
    // 2061 properties, less 5 of definitions that are values, less 5 embedded, plus the 17 that those hold,
    // plus apiVersion and kind of four kinds of Argo Events, plus 5 that earlier releases had and the 3 of
    // what Cache.configMap was and is.
    EXPECT_EQ(members, 2061u - 5 - 5 + 17 + 8 + 5 + 3);
}

TEST(Describe, TablesAreSortedAndInBounds) {
    std::string_view last_type;
    for (const object_type* type : all_types()) {
        EXPECT_LT(last_type, type->name);
        last_type = type->name;
        std::string_view last;
        std::set<std::uint32_t> offsets{type->unknown_fields};
        for (const field& each : type->fields) {
            EXPECT_LT(last, each.name) << type->name;
            last = each.name;
            EXPECT_TRUE(offsets.insert(each.offset).second) << type->name << '.' << each.name;
            EXPECT_LT(each.offset, type->unknown_fields) << type->name << '.' << each.name;
        }
    }
}

TEST(Describe, KnowsWhatIsRequiredAndHowTextIsRead) {
    struct Fact {
        std::string_view definition, property;
        bool required;
        text_form text;
    };
    for (const Fact& fact : {
             Fact{"io.argoproj.workflow.v1alpha1.Parameter", "name", true, text_form::plain},
             Fact{"io.argoproj.workflow.v1alpha1.Parameter", "value", false, text_form::any_string},
             Fact{"io.argoproj.workflow.v1alpha1.Parameter", "enum", false, text_form::any_string},
             Fact{"io.argoproj.workflow.v1alpha1.ValueFrom", "default", false, text_form::any_string},
             Fact{"io.argoproj.workflow.v1alpha1.ScriptTemplate", "image", false, text_form::plain},
             Fact{"io.argoproj.workflow.v1alpha1.ScriptTemplate", "source", false, text_form::plain},
             Fact{"io.k8s.api.core.v1.Container", "image", false, text_form::plain},
             Fact{"io.argoproj.workflow.v1alpha1.WorkflowList", "items", false, text_form::plain},
             Fact{"io.argoproj.workflow.v1alpha1.WorkflowStatus", "startedAt", false, text_form::time},
             Fact{"io.k8s.api.core.v1.ResourceRequirements", "limits", false, text_form::quantity},
             Fact{"io.argoproj.workflow.v1alpha1.HTTPBodySource", "bytes", false, text_form::bytes},
             Fact{"io.argoproj.workflow.v1alpha1.Workflow", "spec", true, text_form::plain},
         }) {
        const object_type* type = find(fact.definition);
        ASSERT_NE(type, nullptr) << fact.definition;
        const field* found = find(*type, fact.property);
        ASSERT_NE(found, nullptr) << fact.definition << '.' << fact.property;
        EXPECT_EQ(found->required, fact.required) << fact.definition << '.' << fact.property;
        EXPECT_EQ(found->text, fact.text) << fact.definition << '.' << fact.property;
    }
}

TEST(Describe, KnowsTheValuesOfClosedSets) {
    std::size_t with_values = 0;
    for (const object_type* type : all_types())
        for (const field& each : type->fields) {
            if (each.values.empty()) continue;
            ++with_values;
            const value_type* of = each.type->shape == form::list ? each.type->element : each.type;
            EXPECT_EQ(of->shape, form::string) << type->name << '.' << each.name;
            const std::set<std::string_view> different(each.values.begin(), each.values.end());
            EXPECT_EQ(different.size(), each.values.size()) << type->name << '.' << each.name;
            EXPECT_FALSE(different.contains("")) << type->name << '.' << each.name;
        }
    EXPECT_EQ(with_values, 68u);
    const field* phase = find(describe<NodeStatus>(), "phase");
    ASSERT_NE(phase, nullptr);
    EXPECT_TRUE(std::ranges::equal(phase->values, NodePhase::all));
    EXPECT_EQ(NodePhase::Omitted, "Omitted");
    EXPECT_EQ(ResourceAction::delete_, "delete");
    EXPECT_EQ(AddressingStyle::virtual_hosted, "virtual-hosted");
    EXPECT_EQ(events::Comparator::GreaterThanOrEqualTo, ">=");
    EXPECT_EQ(events::Comparator::EqualTo, "=");
    EXPECT_EQ(k8s::Protocol::SCTP, "SCTP");
    EXPECT_TRUE(find(describe<NodeStatus>(), "message")->values.empty());
}

TEST(Describe, HoldsTheFieldsOfEarlierReleases) {
    for (const auto& [definition, name] : {std::pair{"CronWorkflowSpec", "schedule"},
                                           {"Synchronization", "mutex"},
                                           {"Synchronization", "semaphore"},
                                           {"Template", "priority"},
                                           {"WorkflowSpec", "podPriority"},
                                           {"CacheConfigMap", "key"}}) {
        const object_type* type = find("io.argoproj.workflow.v1alpha1." + std::string(definition));
        ASSERT_NE(type, nullptr) << definition;
        const field* found = find(*type, name);
        ASSERT_NE(found, nullptr) << definition << '.' << name;
        EXPECT_FALSE(found->required) << definition << '.' << name;
    }
}

TEST(Describe, TemplatesAndStepsReferToEachOther) {
    const object_type& step = describe<WorkflowStep>();
    const field* inner = find(step, "inline");
    ASSERT_NE(inner, nullptr);
    ASSERT_EQ(inner->type->shape, form::box);
    const object_type& made = *inner->type->element->object();
    EXPECT_EQ(&made, &describe<Template>());
    const field* steps = find(made, "steps");
    ASSERT_NE(steps, nullptr);
    EXPECT_EQ(steps->type->element->element->object(), &step);
}

}  // namespace
}  // namespace tiphys::model
