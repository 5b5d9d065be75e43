// SPDX-License-Identifier: Apache-2.0
#include <tiphys/check/diagnostic.hpp>

#include <ostream>

namespace tiphys {

std::string Diagnostic::to_string() const {
    std::string made(rule->severity == Severity::error ? "error " : "warning ");
    made.append(rule->id);
    if (!location.empty()) made.append(" at ").append(location.view());
    return made.append(": ").append(message.view());
}

std::ostream& operator<<(std::ostream& out, const Diagnostic& diagnostic) {
    return out << diagnostic.to_string();
}

}  // namespace tiphys
