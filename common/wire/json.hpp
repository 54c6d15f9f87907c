#pragma once
// JSON names exist only in this folder. Everything passes in and out as JSON text or model values.
// Encoders are deterministic: keys in a fixed order, labels sorted, null and [] fixed, times RFC
// 3339 UTC. Decoders throw Error kInvalidValue (a field's value) or kMalformedRequest (not JSON,
// wrong shape, unknown field), naming field and value. Thread-safe, no state.

#include "common/wire/claims.hpp"
#include "common/wire/commands.hpp"
#include "common/wire/entities.hpp"
#include "common/wire/envelope.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/log.hpp"
