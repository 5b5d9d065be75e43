// SPDX-License-Identifier: Apache-2.0
#include <tiphys/text/json_writer.hpp>
#include <tiphys/text/text.hpp>

#include <ostream>

#include "pretty_writer.hpp"
#include "staged_text.hpp"
#include "yaml_writer.hpp"

namespace tiphys::detail {

std::string to_json(visit_function visit, const void* model) {
    StagedText text;
    basic_json_writer<StagedText> writer(text);
    visit(writer, model);
    return std::move(text).take();
}

std::string to_pretty_json(visit_function visit, const void* model) {
    text_buffer buffer;
    PrettyWriter writer(buffer);
    visit(writer, model);
    buffer.push('\n');
    return std::string(buffer.view());
}

std::string to_yaml(visit_function visit, const void* model) {
    text_buffer buffer;
    YamlWriter writer(buffer);
    visit(writer, model);
    return std::string(buffer.view());
}

void print_yaml(std::ostream& out, visit_function visit, const void* model) {
    text_buffer buffer;
    YamlWriter writer(buffer);
    visit(writer, model);
    out << buffer.view();
}

}  // namespace tiphys::detail

std::ostream& tiphys::operator<<(std::ostream& out, const json& value) {
    return out << write_json(value).view();
}
