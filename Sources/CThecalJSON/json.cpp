#include "CThecalJSON.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

namespace {

/// A place in the bytes that tells where the parser stands.
struct Cursor {
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char *;
  using reference = const char &;

  const char *at;
  const char **reached;

  reference operator*() const { return *at; }
  Cursor &operator++() {
    *reached = ++at;
    return *this;
  }
  bool operator==(const Cursor &other) const { return at == other.at; }
  bool operator!=(const Cursor &other) const { return at != other.at; }
};

/// Hands each event on.
struct Handler {
  using Json = nlohmann::json;

  ThecalJSONTake take;
  void *context;
  const char *start;
  const char *reached;
  size_t failed = 0;

  size_t place() const { return static_cast<size_t>(reached - start); }

  bool say(ThecalJSONEvent event, const std::string &text = {}, size_t back = 0) {
    if (take(context, event, text.data(), text.size(), place() - back)) return true;
    failed = place() - 1;
    return false;
  }

  bool null() { return say(ThecalJSONEventNull); }
  bool boolean(bool value) { return say(value ? ThecalJSONEventTrue : ThecalJSONEventFalse); }
  bool number_integer(Json::number_integer_t value) { return say(ThecalJSONEventNumber, std::to_string(value)); }
  bool number_unsigned(Json::number_unsigned_t value) { return say(ThecalJSONEventNumber, std::to_string(value)); }
  bool number_float(Json::number_float_t, const std::string &digits) { return say(ThecalJSONEventNumber, digits); }
  bool string(std::string &text) { return say(ThecalJSONEventText, text); }
  bool binary(Json::binary_t &) { return false; }
  bool start_object(std::size_t) { return say(ThecalJSONEventObject, {}, 1); }
  bool key(std::string &text) { return say(ThecalJSONEventKey, text); }
  bool end_object() { return say(ThecalJSONEventObjectEnd); }
  bool start_array(std::size_t) { return say(ThecalJSONEventArray); }
  bool end_array() { return say(ThecalJSONEventArrayEnd); }
  /// `position` counts the bytes that were read, the one that does not fit among them; the end of the text counts as a byte.
  bool parse_error(std::size_t position, const std::string &, const nlohmann::detail::exception &) {
    failed = position == 0 ? 0 : position - 1;
    return false;
  }
};

}  // namespace

ptrdiff_t thecal_json_read(const char *bytes, size_t count, ThecalJSONTake take, void *context) {
  // The parser takes a byte of zero for the end of the text; in a document it is an error.
  const void *zero = std::memchr(bytes, 0, count);
  const char *end = zero ? static_cast<const char *>(zero) : bytes + count;
  Handler handler{take, context, bytes, bytes};
  bool read = Handler::Json::sax_parse(Cursor{bytes, &handler.reached}, Cursor{end, &handler.reached}, &handler);
  if (read) return zero ? end - bytes : -1;
  return std::min(static_cast<ptrdiff_t>(handler.failed), end - bytes);
}
