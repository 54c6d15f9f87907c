#pragma once
// What a sanitizer changes about a process, for tests that count or bound something.

namespace taskman::test {

/// A sanitizer keeps freed memory, and slows everything down: what another process holds, and how
/// long it takes, tells nothing then.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

/// Threads a process has before it starts any: ThreadSanitizer has one more, which wakes every 100
/// ms.
#if defined(__SANITIZE_THREAD__)
inline constexpr int kThreadsAtStart = 2;
#else
inline constexpr int kThreadsAtStart = 1;
#endif

}  // namespace taskman::test
