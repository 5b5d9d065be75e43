// SPDX-License-Identifier: Apache-2.0
#pragma once

/// The builder, the compile-time check, and the text of what was built.
#include <tiphys/build/checked.hpp>
#include <tiphys/build/frozen.hpp>
#include <tiphys/build/output.hpp>
#include <tiphys/build/workflow.hpp>
