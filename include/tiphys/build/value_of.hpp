// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/value.hpp>
#include <tiphys/model/model.hpp>

#include <concepts>

/// What the generated value classes stand on: `RetryStrategy().limit(3)`. They are aliases of class templates
/// (`RetryStrategyWords<model::RetryStrategy>`), of which a compiler makes nothing until they are used.
namespace tiphys::detail {

/// A model that is filled by words. It converts to the model, so it goes wherever one is wanted; `model()`
/// reaches what has no word: unknown fields.
template <class Model>
class value_of {
public:
    constexpr operator Model() const& { return model_; }
    constexpr operator Model() && noexcept { return std::move(model_); }
    constexpr Model& model() noexcept { return model_; }
    constexpr const Model& model() const noexcept { return model_; }

protected:
    constexpr value_of() = default;

    Model model_;
};

/// Moves what is given, whatever it is.
template <class T, class Given>
constexpr void put(T& to, Given& given) {
    to = std::move(given);
}

template <class Model, class... Given>
concept all_become = (std::convertible_to<const Given&, Model> && ...);

template <class... Given>
concept all_integers = (std::integral<Given> && ...);

constexpr number to_number(number given) { return given; }
template <std::integral Integer>
    requires(!std::same_as<Integer, bool>)
constexpr number to_number(Integer given) {
    return number{text(static_cast<std::int64_t>(given))};
}
/// Not while compiling: no compiler prints a double there.
template <std::floating_point Float>
number to_number(Float given) {
    return number{str(value(given).view())};
}

template <class... Given>
concept all_numbers = requires(const Given&... given) { (to_number(given), ...); };

template <class... Given>
constexpr void add_texts(list<str>& to, const Given&... given) {
    to.engage();
    (to.push_back(str(word(given).view())), ...);
}
template <class... Given>
constexpr void add_values(list<str>& to, const Given&... given) {
    to.engage();
    (to.push_back(str(value(given).view())), ...);
}
template <class... Given>
constexpr void add_integers(list<opt<std::int64_t>>& to, Given... given) {
    to.engage();
    (to.push_back(opt<std::int64_t>(static_cast<std::int64_t>(given))), ...);
}
template <class... Given>
constexpr void add_numbers(list<number>& to, const Given&... given) {
    to.engage();
    (to.push_back(to_number(given)), ...);
}
template <class Model, class... Given>
constexpr void add_models(list<Model>& to, const Given&... given) {
    to.engage();
    (to.push_back(given), ...);
}

}  // namespace tiphys::detail
