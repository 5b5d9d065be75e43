// SPDX-License-Identifier: Apache-2.0
#pragma once

/// All of Tiphys: the builder and its check, text, the client, the Argo that is embedded in the
/// program, and C++ functions as templates.
#include <tiphys/build/build.hpp>
#include <tiphys/build/defaults.hpp>
#include <tiphys/build/expr.hpp>
#include <tiphys/build/k8s.hpp>
#include <tiphys/check/graph.hpp>
#include <tiphys/client/client.hpp>
#include <tiphys/local/server.hpp>
#include <tiphys/task/main.hpp>
#include <tiphys/text/text.hpp>
