// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model_sink.hpp"
#include "yaml_events.hpp"

namespace tiphys::detail {

/// Feeds the next node of a YAML document, its scalars resolved and its merge keys carried out, to the sink.
/// Errors: Mistake from the sink, YamlMistake.
void feed_yaml(YamlEvents& events, ModelSink& sink);

}  // namespace tiphys::detail
