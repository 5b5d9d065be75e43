// SPDX-License-Identifier: Apache-2.0
#include "client/fetch.hpp"

#include "client/words.hpp"

namespace tiphys::client_detail {

void check_progress(std::string_view from, std::string_view next) {
    if (from.empty() || from != next) return;
    throw ClientError({.kind = ClientErrorKind::not_json,
                       .message = "the server's list goes round in circles: after \"" + one_line(from, 200) +
                                  "\" comes \"" + one_line(next, 200) + "\"; list with a greater limit"});
}

TIPHYS_CLIENT_FETCHES(void);
TIPHYS_CLIENT_FETCHES(SubmittedWorkflow);
TIPHYS_CLIENT_FETCHES(model::Workflow);
TIPHYS_CLIENT_LISTS(model::WorkflowList);
TIPHYS_CLIENT_FETCHES(model::Version);
TIPHYS_CLIENT_FETCHES(model::InfoResponse);
TIPHYS_CLIENT_FETCHES(model::GetUserInfoResponse);

}  // namespace tiphys::client_detail
