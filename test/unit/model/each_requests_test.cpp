// SPDX-License-Identifier: Apache-2.0
#include <tiphys/model/generated/visit_requests.hpp>

#include "each_type.hpp"

namespace tiphys::model::test {

TEST(EachType, RequestsHeaderKeepsEveryMember) {
#define TYPE(name) check_type<name>();
#include "generated/types_requests.inc"
#undef TYPE
}

}  // namespace tiphys::model::test
