// SPDX-License-Identifier: Apache-2.0
#include <tiphys/model/generated/visit_events.hpp>

#include "each_type.hpp"

namespace tiphys::model::test {

TEST(EachType, EventsHeaderKeepsEveryMember) {
#define TYPE(name) check_type<name>();
#include "generated/types_events.inc"
#undef TYPE
}

}  // namespace tiphys::model::test
