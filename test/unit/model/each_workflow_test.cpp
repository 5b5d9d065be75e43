// SPDX-License-Identifier: Apache-2.0
#include <tiphys/model/generated/visit.hpp>

#include "each_type.hpp"

namespace tiphys::model::test {

TEST(EachType, WorkflowHeaderKeepsEveryMember) {
#define TYPE(name) check_type<name>();
#include "generated/types_workflow.inc"
#undef TYPE
}

}  // namespace tiphys::model::test
