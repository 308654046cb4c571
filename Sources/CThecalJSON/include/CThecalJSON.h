/* JSON as a stream of events: nlohmann's parser (RFC 8259) behind C. */
#ifndef THECAL_JSON_H
#define THECAL_JSON_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What the parser has come to. */
enum ThecalJSONEvent {
  ThecalJSONEventObject,     /* an object begins: `place` is that of its brace */
  ThecalJSONEventKey,        /* `text`: the key of a member */
  ThecalJSONEventObjectEnd,  /* `place` is just behind the object's brace */
  ThecalJSONEventArray,      /* an array begins */
  ThecalJSONEventArrayEnd,   /* and ends */
  ThecalJSONEventText,       /* `text`: a string, in UTF-8 */
  ThecalJSONEventNumber,     /* `text`: the digits of a number, as they stand */
  ThecalJSONEventTrue,
  ThecalJSONEventFalse,
  ThecalJSONEventNull
};

/* Takes one event; `text` has `length` bytes and holds only during the call. False ends the reading: what stands there is no
   document for the caller. */
typedef bool (*ThecalJSONTake)(void *context, enum ThecalJSONEvent event, const char *text, size_t length, size_t place);

/* Reads the `count` bytes at `bytes`; returns -1 where they are one JSON document, else the place of the byte, counted from
   zero, at which they are no more; `count` where the document is not at its end. */
ptrdiff_t thecal_json_read(const char *bytes, size_t count, ThecalJSONTake take, void *context);

#ifdef __cplusplus
}
#endif

#endif
