// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace tiphys::test {

/// A certificate and its key as PEM text.
struct Certificate {
    std::string certificate;
    std::string key;
};

/// Signs itself, like the one that `argo server` makes: P-256, no common name. `names` is a list of OpenSSL's
/// alternative names: "DNS:localhost,IP:127.0.0.1".
Certificate self_signed(const std::string& names);

}  // namespace tiphys::test
