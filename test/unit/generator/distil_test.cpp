// SPDX-License-Identifier: Apache-2.0
#include "distil.hpp"

#include <gtest/gtest.h>

#include <string>

#include "problem_of.hpp"

namespace tiphys::generator {
namespace {

std::string swagger(std::string_view definitions, std::string_view paths = "{}") {
    return R"({"swagger": "2.0", "definitions": )" + std::string(definitions) + R"(, "paths": )" +
           std::string(paths) + "}";
}

std::string problem(const std::string& text) {
    return problem_of([&] { distil(text, "s.json", "v1"); });
}

/// A GET of /x with these parameters and this schema of response 200.
std::string operation(std::string_view parameters, std::string_view response) {
    return swagger("{}", R"({"/x/{name}": {"get": {"operationId": "S_Get", "parameters": )" +
                             std::string(parameters) + R"(, "responses": {"200": {"schema": )" +
                             std::string(response) + "}}}}}");
}

TEST(Distil, KeepsFactsAndDropsProse) {
    const std::string text = swagger(
        R"({
            "b.Spec": {"description": "Prose.", "type": "object", "required": ["name"], "properties": {
                "name": {"type": "string", "description": "Prose."},
                "size": {"type": "integer", "format": "int32"},
                "rows": {"type": "array", "items": {"type": "array", "items": {"$ref": "#/definitions/a.Item"}}},
                "labels": {"type": "object", "additionalProperties": {"type": "string"}},
                "self": {"$ref": "#/definitions/b.Spec"}}},
            "a.Item": {"title": "Prose."},
            "a.Kind": {"type": "string", "enum": ["ONE", "TWO"], "default": "ONE"}})",
        R"({"/x/{name}": {"put": {"operationId": "S_Put", "summary": "Prose.",
             "parameters": [{"name": "name", "in": "path", "required": true, "type": "string"},
                            {"name": "body", "in": "body", "schema": {"$ref": "#/definitions/b.Spec"}},
                            {"name": "dry", "in": "query", "type": "array", "items": {"type": "string"}}],
             "responses": {"200": {"schema": {"type": "object", "properties": {
                 "result": {"$ref": "#/definitions/b.Spec"}, "error": {}}}}}}}})");
    EXPECT_EQ(write_schema(distil(text, "s.json", "v1")),
              R"({
  "release": "v1",
  "definitions": {
    "a.Item": "any",
    "a.Kind": "string = ONE | TWO",
    "b.Spec": {
      "labels": "map string",
      "name": "required string",
      "rows": "list list a.Item",
      "self": "b.Spec",
      "size": "integer/int32"
    }
  },
  "operations": {
    "S_Put": {
      "method": "PUT",
      "path": "/x/{name}",
      "query": {
        "dry": "list string"
      },
      "body": "b.Spec",
      "response": "b.Spec",
      "stream": true
    }
  }
}
)");
}

TEST(Distil, RefusesWhatIsNoSwagger) {
    EXPECT_EQ(problem("{"), "s.json: is not JSON: incomplete JSON");
    EXPECT_EQ(problem("[]"), "s.json: the document: must be a JSON object");
    EXPECT_EQ(problem(R"({"openapi": "3.0.0"})"),
              R"(s.json: is not a swagger file: member "swagger" must be "2.0")");
    EXPECT_EQ(problem(R"({"swagger": "2.0"})"), R"(s.json: the document: lacks "definitions")");
    EXPECT_EQ(problem(R"({"swagger": "2.0", "definitions": {}})"), R"(s.json: the document: lacks "paths")");
}

TEST(Distil, NamesDefinitionAndProperty) {
    EXPECT_EQ(problem(swagger(
                  R"({"a.X": {"type": "object", "properties": {"p": {"$ref": "#/definitions/a.Y"}}}})")),
              R"(s.json: a.X.p: $ref "#/definitions/a.Y" is not a definition of this file)");
    EXPECT_EQ(problem(swagger(R"({"a.X": {"type": "object", "properties": {"p": {"$ref": "other.json"}}}})")),
              R"(s.json: a.X.p: $ref "other.json" is not a definition of this file)");
    EXPECT_EQ(problem(swagger(R"({"a.X": {"type": "object", "properties": {"p": {"type": "file"}}}})")),
              R"(s.json: a.X.p: has type "file", which the schema cannot hold)");
    EXPECT_EQ(problem(swagger(R"({"a.X": {"type": "object", "properties": {"p": {"type": "array"}}}})")),
              R"(s.json: a.X.p: lacks "items")");
    EXPECT_EQ(problem(swagger(R"({"a.X": {"type": "object", "properties": {"p": {"type": "object"}}}})")),
              R"(s.json: a.X.p: lacks "additionalProperties")");
    EXPECT_EQ(problem(swagger(R"({"a.X": {"type": "object", "required": ["q"]}})")),
              R"(s.json: a.X: requires "q", which is not one of its properties)");
    EXPECT_EQ(problem(swagger(R"({"a.X": 1})")), "s.json: a.X: must be a JSON object");
}

TEST(Distil, NamesOperationAndParameter) {
    EXPECT_EQ(problem(operation(R"([{"name": "h", "in": "header", "type": "string"}])", "{}")),
              R"(s.json: /x/{name} GET parameter "h": lies in "header", which the schema cannot hold)");
    EXPECT_EQ(problem(operation(R"([{"name": "id", "in": "path", "type": "string"}])", "{}")),
              R"(s.json: /x/{name} GET parameter "id": is not part of the path)");
    EXPECT_EQ(
        problem(operation("[]", R"({"$ref": "#/definitions/a.Y"})")),
        R"(s.json: /x/{name} GET response 200: $ref "#/definitions/a.Y" is not a definition of this file)");
    EXPECT_EQ(
        problem(operation("[]", R"({"type": "object"})")),
        "s.json: /x/{name} GET response 200: is neither a definition, nor binary, nor a stream of results");
    EXPECT_EQ(problem(swagger("{}", R"({"/x": {"get": {"responses": {"200": {}}}}})")),
              R"(s.json: /x GET: lacks "operationId")");
    EXPECT_EQ(problem(swagger("{}", R"({"/x": {"get": {"operationId": "A", "responses": {"200": {}}},
                                               "put": {"operationId": "A", "responses": {"200": {}}}}})")),
              R"(s.json: /x PUT: operationId "A" is used twice)");
}

}  // namespace
}  // namespace tiphys::generator
