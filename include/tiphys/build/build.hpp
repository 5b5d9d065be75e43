// SPDX-License-Identifier: Apache-2.0
#pragma once

/// The builder, the compile-time check, and the text of what was built.
#include <tiphys/build/checked.hpp>
#include <tiphys/build/conversion.hpp>
#include <tiphys/build/cron_workflow.hpp>
#include <tiphys/build/event_binding.hpp>
#include <tiphys/build/frozen.hpp>
#include <tiphys/build/generated/values.hpp>
#include <tiphys/build/output.hpp>
#include <tiphys/build/workflow.hpp>
