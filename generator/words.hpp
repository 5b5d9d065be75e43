// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emit.hpp"

/// Which words the builder has: what becomes a value class, what a set of words, and what is left to words
/// written by hand.
namespace tiphys::generator {

/// What a word takes.
enum class takes {
    text,
    value,  ///< text that Argo takes from any scalar
    flag,
    integer,
    int_or_string,
    number,
    json,
    object,
    texts,
    values,
    integers,
    numbers,
    objects,
    text_entry,
    value_entry,
    object_entry
};

struct Word {
    const Member* member = nullptr;
    std::string name;
    takes form = takes::text;
    std::string type;         ///< object, objects, object_entry: "model::Backoff"
    bool empty_says = false;  ///< object: its presence alone says something
    std::string comment;      ///< may be empty
};

/// A property whose word is written by hand.
struct ByHand {
    std::string_view owner;  ///< the mixin that lacks it, or the struct
    std::string_view property;
    std::string_view by;  ///< what the page says: "`Container`"
    /// C++ that gives a model with the property. `$` at its beginning stands for a value that has the word,
    /// `@` for one whose arguments follow.
    std::string_view example;
    std::string_view found;        ///< what the property then holds
    std::string_view writes = {};  ///< the property that the word writes, if it is another one
};
std::span<const ByHand> words_by_hand();
/// Null if the generator makes the word.
const ByHand* by_hand(std::string_view owner, std::string_view property);

/// Words that several classes of the builder share, or that a class written by hand takes in.
struct Mixin {
    std::string_view name;                 ///< "all_template_words"
    std::string_view file;                 ///< the header that holds it
    std::string_view part;                 ///< of detail::fill: "template_"
    std::vector<std::string_view> types;   ///< it has what all of these have
    std::string_view without;              ///< and what that mixin does not have
    std::string_view has;                  ///< who has these words, for the page
    std::vector<std::string_view> owners;  ///< the classes that have them, for the test
};
std::span<const Mixin> mixins();

/// The words, decided once for all that is emitted.
class Words {
public:
    explicit Words(const Model&);

    /// The structs that a user writes, below one root of documents or another: of Argo Workflows and
    /// Kubernetes ("" and "k8s"), and of Argo Events ("events"); "k8s of events" is what only the latter
    /// reaches of Kubernetes.
    std::vector<const Struct*> written(std::string_view space) const;
    /// Whether it has a value class; if not, it is an entity, or its words are a mixin. What Kubernetes has
    /// both, such as the metadata of documents.
    bool has_class(const Struct&) const;
    /// The words of its value class.
    std::vector<Word> of(const Struct&) const;
    std::vector<Word> of(const Mixin&) const;
    /// The members that its constructors take; all are texts.
    std::vector<std::vector<const Member*>> constructors_of(const Struct&) const;
    /// The members of its structs that it has words for, written by hand or not.
    std::vector<const Member*> members(const Mixin&) const;
    /// A document or a claim: its constructor takes the name in its metadata.
    bool is_document(const Struct&) const;
    const Struct& find(std::string_view name) const;
    const Model& model() const { return model_; }

private:
    void reach(const std::string& definition);
    Word word(const Struct&, const Member&) const;

    const Model& model_;
    std::map<std::string, const Struct*> by_definition_;
    std::map<std::string, const Struct*> by_name_;
    std::vector<const Struct*> reached_;
};

/// The page of all words, and the tests that set them.
void emit_word_page(Files&, const Words&, const std::string& banner);

}  // namespace tiphys::generator
