// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/value_of.hpp>

#include <source_location>

namespace tiphys::detail {

/// Where a word stands that is no text: the line of the call.
using line = std::source_location;

/// How the generated words (all_template_words, spec_words, container_words …) set a member and note the
/// line.
///
/// A class `D` that has such words befriends this and gives what they need: `note_word(literal field,
/// std::int32_t index, const std::source_location&)`, and for each set of words the part of the model that it
/// fills: all_template_words `template_to_fill()`, spec_words `spec_to_fill()`, cron_words `cron_to_fill()`,
/// metadata_words `metadata_to_fill()`, container_words `container_to_fill()`, call_words and task_words
/// `call_to_fill()`, the words of a template's kind `kind_to_fill()`. Each returns a reference.
struct fill {
    template <class D>
    static constexpr auto& template_(D& self) {
        return self.template_to_fill();
    }
    template <class D>
    static constexpr auto& spec(D& self) {
        return self.spec_to_fill();
    }
    template <class D>
    static constexpr auto& cron(D& self) {
        return self.cron_to_fill();
    }
    template <class D>
    static constexpr auto& metadata(D& self) {
        return self.metadata_to_fill();
    }
    template <class D>
    static constexpr auto& container(D& self) {
        return self.container_to_fill();
    }
    template <class D>
    static constexpr auto& call(D& self) {
        return self.call_to_fill();
    }
    template <class D>
    static constexpr auto& kind(D& self) {
        return self.kind_to_fill();
    }

    template <class D>
    static constexpr auto& mounts(D& self) {
        return self.mounts_to_fill();
    }
    template <class D>
    static constexpr auto& volumes(D& self) {
        return self.volumes_to_fill();
    }
    template <class D>
    static constexpr auto& claims(D& self) {
        return self.claims_to_fill();
    }
    template <class D>
    static constexpr void note(D& self, literal field, std::int32_t index, const line& where) {
        self.note_word(field, index, where);
    }

    /// A text, from a word or a value.
    template <class D, class Text>
    static constexpr D& text(D& self, literal field, str& to, const Text& given) {
        to = given.view();
        self.note_word(field, -1, given.where());
        return self;
    }
    // These take what is given as it lies there, and always move it.
    template <class D, class T, class Given>
    static constexpr D& set(D& self, literal field, T& to, Given&& given, const line& where) {
        put(to, given);
        self.note_word(field, -1, where);
        return self;
    }
    template <class D, class T, class Given>
    static constexpr D& add(D& self, literal field, list<T>& to, Given&& given, const line& where) {
        to.push_back(std::move(given));
        self.note_word(field, static_cast<std::int32_t>(to.size() - 1), where);
        return self;
    }
    template <class D, class T, class Given>
    static constexpr D& put_entry(D& self, literal field, map<T>& to, const word& key, Given&& given) {
        put(to[key.view()], given);
        self.note_word(field, -1, key.where());
        return self;
    }
    // Parameters, not a pack: each literal then becomes a word, with its line, where the user wrote it.
    template <class D>
    [[gnu::noinline]] static constexpr D& texts(D& self, literal field, list<str>& to, const word& a,
                                                const word& b, const word& c, const word& d, const word& e,
                                                const word& f, const word& g, const word& h) {
        to.engage();
        for (const word* text : {&a, &b, &c, &d, &e, &f, &g, &h}) {
            if (!text->has_value()) break;
            to.push_back(str(text->view()));
            self.note_word(field, static_cast<std::int32_t>(to.size() - 1), text->where());
        }
        return self;
    }
    template <class D, class T, class... Given>
    static constexpr D& add_all(D& self, list<T>& to, const Given&... given) {
        add_models(to, given...);
        return self;
    }
    template <class D, class Text>
    static constexpr D& entry(D& self, literal field, map<str>& to, const word& key, const Text& given) {
        to[key.view()] = given.view();
        self.note_word(field, -1, given.where());
        return self;
    }
};

}  // namespace tiphys::detail
