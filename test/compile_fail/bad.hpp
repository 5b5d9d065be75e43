// SPDX-License-Identifier: Apache-2.0
#pragma once

/// The two faces of a case: with TIPHYS_RIGHT it is the twin that must compile, without it the mistakes.
///
/// BAD(wrong, right)         the offending text, or the one that mends it
/// TIPHYS_WHEN_WRONG(...)    code that only the wrong one has
/// TIPHYS_WHEN_RIGHT(...)    code that only the right one has
#ifdef TIPHYS_RIGHT
#define BAD(wrong, right) right
#define TIPHYS_WHEN_WRONG(...)
#define TIPHYS_WHEN_RIGHT(...) __VA_ARGS__
#else
#define BAD(wrong, right) wrong
#define TIPHYS_WHEN_WRONG(...) __VA_ARGS__
#define TIPHYS_WHEN_RIGHT(...)
#endif
