#pragma once

namespace taskman::util {

/// Call first in main: of descriptors 0 to 2 those the caller closed are taken, so that no file or
/// socket of ours gets their numbers. Reading and writing them fails as it would on a closed one.
void hold_standard_streams();

}  // namespace taskman::util
