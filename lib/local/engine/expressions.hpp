// SPDX-License-Identifier: Apache-2.0
#pragma once

/// The engine and the server speak the expression layer's words as their own.
namespace tiphys::expression {}
namespace tiphys::local {
using namespace tiphys::expression;
}
