// SPDX-License-Identifier: Apache-2.0
#include <tiphys/model/generated/events.hpp>
#include <tiphys/model/generated/requests.hpp>
#include <tiphys/model/generated/visit_events.hpp>
#include <tiphys/model/generated/visit_requests.hpp>
#include <tiphys/text/boost_json.hpp>

#include "filler.hpp"
#include "text_testing.hpp"

namespace {

using namespace tiphys;

template <class T>
void becomes_boost_json() {
    std::set<Filler::Property> reached;
    const std::string text = Filler(reached).value(model::detail::type_of<T>::value, model::text_form::plain);
    const T model = read_json<T>(text);
    const boost::json::value value = boost::json::value_from(model);
    EXPECT_TRUE(value.is_object()) << model::describe<T>().name;
    EXPECT_EQ(to_json(boost::json::value_to<T>(value)), to_json(model)) << model::describe<T>().name;
}

TEST(AllModels, BecomeBoostJsonAndComeBack) {
    std::size_t count = 0;
#define TIPHYS_TEST_MODEL(type) \
    becomes_boost_json<type>(); \
    ++count;
#include "all_models.inc"
#undef TIPHYS_TEST_MODEL
    EXPECT_EQ(count, model::all_types().size());
}

}  // namespace
