// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/text/text.hpp>

#include <boost/json/conversion.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_from.hpp>
#include <boost/json/value_to.hpp>

/// `boost::json::value_from(model)` and `boost::json::value_to<model::X>(value)` for every model.
///
/// Programs that include this header link Boost.JSON themselves. Numbers pass as int64, uint64 or double, so
/// those that none of them holds are rounded. Unknown members are kept.
/// Errors: `value_to` throws ReadError with the path.
namespace tiphys {
namespace detail {

void to_boost(boost::json::value& to, visit_function visit, const void* model);
void from_boost(const boost::json::value& from, const model::value_type& type, void* to);

}  // namespace detail

inline void tag_invoke(boost::json::value_from_tag, boost::json::value& to, const json& value) {
    detail::to_boost(to, &detail::erased<json>::visit, &value);
}
inline json tag_invoke(boost::json::value_to_tag<json>, const boost::json::value& from) {
    json made;
    detail::from_boost(from, model::detail::type_of<json>::value, &made);
    return made;
}

namespace model {

template <ModelType T>
void tag_invoke(boost::json::value_from_tag, boost::json::value& to, const T& model) {
    tiphys::detail::to_boost(to, &tiphys::detail::erased<T>::visit, &model);
}
template <ModelType T>
T tag_invoke(boost::json::value_to_tag<T>, const boost::json::value& from) {
    T made;
    tiphys::detail::from_boost(from, detail::type_of<T>::value, &made);
    return made;
}

// Argument-dependent lookup does not look into enclosing namespaces.
namespace k8s {
using tiphys::model::tag_invoke;
}
namespace events {
using tiphys::model::tag_invoke;
}
namespace eventsource {
using tiphys::model::tag_invoke;
}
namespace sensor {
using tiphys::model::tag_invoke;
}
namespace sync {
using tiphys::model::tag_invoke;
}
namespace grpc {
using tiphys::model::tag_invoke;
}
namespace google {
using tiphys::model::tag_invoke;
}

}  // namespace model
}  // namespace tiphys
