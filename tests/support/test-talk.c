/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One connection: sending, expecting, and the lines of a script. */
#include "test-talk.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define PATIENCE_S 10
#define SILENCE_S 60 /* under sanitizers on a busy machine a client may write for long before it asks for more */
#define SPLIT_PAUSE_US 50

struct _TestTalk
{
  GSocketConnection *connection;
  GIOStream *stream; /* the connection, or TLS over it, or packing over that */
  GIOStream *below;  /* of the packing; NULL */
  GTlsCertificate *certificate;
  GHashTable *bodies;
  GCancellable *stop;

  GByteArray *received;
  gsize used; /* of received */
  gsize n_sent;
  gsize split;
  gssize cut_sent, cut_received;

  const char *line; /* of the script, for the failure's sentence */
  char *failure;
  gboolean is_over;
  gboolean may_leave;
};

TestTalk *
test_talk_new (GSocketConnection *connection, GTlsCertificate *certificate, gsize split,
               gssize cut_sent, gssize cut_received, GHashTable *bodies, GCancellable *stop)
{
  TestTalk *self = g_new0 (TestTalk, 1);
  GSocket *socket = g_socket_connection_get_socket (connection);

  self->connection = g_object_ref (connection);
  self->stream = g_object_ref (G_IO_STREAM (connection));
  self->certificate = certificate;
  self->split = split;
  self->cut_sent = cut_sent;
  self->cut_received = cut_received;
  self->bodies = bodies;
  self->stop = stop;
  self->received = g_byte_array_new ();
  g_socket_set_timeout (socket, SILENCE_S);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  if (cut_sent == 0 || cut_received == 0)
    test_talk_cut (self);
  return self;
}

GByteArray *
test_talk_end (TestTalk *self, char **failure)
{
  GByteArray *received = g_steal_pointer (&self->received);

  if (self->failure)
    test_talk_cut (self);
  g_io_stream_close (self->stream, NULL, NULL);
  if (self->below)
    g_io_stream_close (self->below, NULL, NULL);
  g_io_stream_close (G_IO_STREAM (self->connection), NULL, NULL);
  g_object_unref (self->stream);
  g_clear_object (&self->below);
  g_object_unref (self->connection);
  *failure = g_steal_pointer (&self->failure);
  g_free (self);
  return received;
}

void
test_talk_fail (TestTalk *self, const char *format, ...)
{
  va_list args;
  g_autofree char *text = NULL;

  if (self->failure || self->is_over)
    return;
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  self->failure = self->line ? g_strdup_printf ("at \"%s\": %s", self->line, text) : g_steal_pointer (&text);
  self->is_over = TRUE;
}

void
test_talk_allow_leaving (TestTalk *self)
{
  self->may_leave = TRUE;
}

static void
on_gone (TestTalk *self, const char *what, const GError *error)
{
  if (!self->may_leave && !g_cancellable_is_cancelled (self->stop))
    test_talk_fail (self, "%s%s%s", what, error ? ": " : "", error ? error->message : "");
  self->is_over = TRUE;
}

void
test_talk_cut (TestTalk *self)
{
  GSocket *socket = g_socket_connection_get_socket (self->connection);
  struct linger hard = { .l_onoff = 1, .l_linger = 0 };

  self->is_over = TRUE;
  if (g_socket_is_closed (socket))
    return;
  setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  g_socket_close (socket, NULL);
}

gboolean
test_talk_send (TestTalk *self, const void *bytes, gssize length)
{
  GOutputStream *out = g_io_stream_get_output_stream (self->stream);
  const char *p = bytes;
  gsize left = length < 0 ? strlen (bytes) : (gsize) length;

  while (left > 0 && !self->is_over)
    {
      gsize now = self->split ? MIN (left, self->split) : left;
      g_autoptr (GError) error = NULL;

      if (self->cut_sent >= 0)
        now = MIN (now, (gsize) self->cut_sent - self->n_sent);
      if (!g_output_stream_write_all (out, p, now, NULL, self->stop, &error) || (self->below && !g_output_stream_flush (out, self->stop, &error)))
        {
          on_gone (self, "the client does not take what is sent", error);
          break;
        }
      p += now;
      left -= now;
      self->n_sent += now;
      if (self->cut_sent >= 0 && self->n_sent >= (gsize) self->cut_sent)
        {
          g_usleep (2000); /* a hard close may overtake what the client has not read yet */
          test_talk_cut (self);
        }
      else if (self->split)
        g_usleep (SPLIT_PAUSE_US);
    }
  return !self->is_over;
}

gboolean
test_talk_send_line (TestTalk *self, const char *line)
{
  g_autofree char *whole = g_strconcat (line, "\r\n", NULL);

  return test_talk_send (self, whole, -1);
}

gboolean
test_talk_send_multi (TestTalk *self, const char *text, gssize length)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *end = text + (length < 0 ? strlen (text) : (gsize) length);

  while (text < end)
    {
      const char *lf = memchr (text, '\n', end - text);
      gsize size = (lf ? lf : end) - text;

      if (*text == '.')
        g_string_append_c (out, '.');
      g_string_append_len (out, text, size > 0 && text[size - 1] == '\r' ? size - 1 : size);
      g_string_append (out, "\r\n");
      text = lf ? lf + 1 : end;
    }
  g_string_append (out, ".\r\n");
  return test_talk_send (self, out->str, out->len);
}

/* Returns: bytes read, 0 at the client's end, -1 when the talk is over */
static gssize
read_more (TestTalk *self)
{
  GInputStream *in = g_io_stream_get_input_stream (self->stream);
  char buffer[16384];
  gsize wanted = sizeof buffer;
  g_autoptr (GError) error = NULL;
  gssize n;

  if (self->is_over)
    return -1;
  if (self->cut_received >= 0)
    wanted = MIN (wanted, (gsize) self->cut_received - self->received->len);
  n = g_input_stream_read (in, buffer, wanted, self->stop, &error);
  if (n > 0)
    {
      g_byte_array_append (self->received, (guint8 *) buffer, n);
      if (self->cut_received >= 0 && self->received->len >= (gsize) self->cut_received)
        {
          test_talk_cut (self);
          return -1;
        }
    }
  else if (n < 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    {
      test_talk_fail (self, "the client said nothing for %d seconds", SILENCE_S);
      return -1;
    }
  return MAX (n, 0); /* a reset is an end too */
}

char *
test_talk_read_line (TestTalk *self)
{
  gsize looked = self->used;

  for (;;)
    {
      guint8 *from = self->received->data;
      guint8 *lf = from ? memchr (from + looked, '\n', self->received->len - looked) : NULL;

      if (lf)
        {
          gsize start = self->used, end = lf - from;

          self->used = end + 1;
          if (end == start || from[end - 1] != '\r')
            test_talk_fail (self, "the client's line does not end with CRLF: \"%.*s\"", (int) (end - start), from + start);
          else
            return g_strndup ((char *) from + start, end - 1 - start);
          return NULL;
        }
      looked = self->received->len;
      switch (read_more (self))
        {
        case 0:
          on_gone (self, "the client hung up", NULL);
          return NULL;
        case -1:
          return NULL;
        }
    }
}

gboolean
test_talk_expect (TestTalk *self, const char *pattern)
{
  g_autofree char *line = test_talk_read_line (self);

  if (!line)
    return FALSE;
  if (!g_str_equal (line, pattern) && !g_pattern_match_simple (pattern, line))
    test_talk_fail (self, "the client said \"%s\"", line);
  return !self->is_over;
}

static void
read_bytes (TestTalk *self, gsize n)
{
  while (!self->is_over && self->received->len - self->used < n)
    if (read_more (self) == 0)
      on_gone (self, "the client hung up", NULL);
  if (!self->is_over)
    self->used += n;
}

static void
read_to_dot (TestTalk *self)
{
  for (;;)
    {
      g_autofree char *line = test_talk_read_line (self);

      if (!line || g_str_equal (line, "."))
        return;
    }
}

static void
expect_end (TestTalk *self)
{
  gssize n;

  while ((n = self->received->len > self->used ? 1 : read_more (self)) > 0)
    {
      test_talk_fail (self, "the client said more: \"%.*s\"", (int) (self->received->len - self->used),
                      self->received->data + self->used);
      return;
    }
  self->is_over = TRUE;
}

static gboolean
start_tls (TestTalk *self, gboolean may_fail)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GIOStream) tls = NULL;

  if (self->is_over)
    return FALSE;
  if (self->used < self->received->len)
    {
      test_talk_fail (self, "the client said something before the handshake");
      return FALSE;
    }
  tls = g_tls_server_connection_new (G_IO_STREAM (self->connection), self->certificate, &error);
  g_assert_no_error (error);
  if (!g_tls_connection_handshake (G_TLS_CONNECTION (tls), self->stop, &error))
    {
      self->may_leave |= may_fail;
      on_gone (self, "no handshake", error);
      return FALSE;
    }
  g_set_object (&self->stream, tls);
  return TRUE;
}

gboolean
test_talk_start_tls (TestTalk *self)
{
  return start_tls (self, FALSE);
}

static void
wait_for (TestTalk *self, int ms)
{
  struct pollfd fd = { g_socket_get_fd (g_socket_connection_get_socket (self->connection)), POLLRDHUP, 0 };
  gint64 end = g_get_monotonic_time () + ms * 1000LL;

  while (!self->is_over && g_get_monotonic_time () < end && !g_cancellable_is_cancelled (self->stop)
         && poll (&fd, 1, 2) == 0)
    ;
}

static void
finish_tcp (TestTalk *self)
{
  g_socket_shutdown (g_socket_connection_get_socket (self->connection), FALSE, TRUE, NULL);
  while (read_more (self) > 0)
    ;
  test_talk_cut (self);
}

static GString *
unescape (const char *text)
{
  static const char from[] = "rnt0\\", to[] = "\r\n\t\0\\";
  GString *out = g_string_new (NULL);

  for (; *text; text++)
    {
      const char *letter = *text == '\\' && text[1] ? strchr (from, text[1]) : NULL;

      if (letter)
        {
          g_string_append_c (out, to[letter - from]);
          text++;
        }
      else if (*text == '\\' && text[1] == 'x' && g_ascii_isxdigit (text[2]) && g_ascii_isxdigit (text[3]))
        {
          g_string_append_c (out, g_ascii_xdigit_value (text[2]) * 16 + g_ascii_xdigit_value (text[3]));
          text += 3;
        }
      else
        g_string_append_c (out, *text);
    }
  return out;
}

char *
test_data_path (const char *path)
{
  const char *root = g_getenv ("POSTHORN_SOURCE_ROOT");

  if (g_path_is_absolute (path))
    return g_strdup (path);
  return g_build_filename (root ? root : ".", "tests", "data", path, NULL);
}

GBytes *
test_data_load (const char *path)
{
  g_autofree char *full = test_data_path (path);
  g_autoptr (GError) error = NULL;
  char *text;
  gsize length;

  if (!g_file_get_contents (full, &text, &length, &error))
    g_error ("%s", error->message);
  return g_bytes_new_take (text, length);
}

static void
send_body (TestTalk *self, const char *name, gboolean is_multi)
{
  GBytes *known = g_hash_table_lookup (self->bodies, name);
  g_autoptr (GBytes) body = known ? g_bytes_ref (known) : test_data_load (name);
  gsize length;
  const char *text = g_bytes_get_data (body, &length);

  if (is_multi)
    test_talk_send_multi (self, text, length);
  else
    test_talk_send (self, text, length);
}

void
test_talk_start_deflate (TestTalk *self)
{
  g_autoptr (GConverter) packer = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, 6));
  g_autoptr (GConverter) unpacker = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW));
  g_autoptr (GInputStream) in = g_converter_input_stream_new (g_io_stream_get_input_stream (self->stream), unpacker);
  g_autoptr (GOutputStream) out = g_converter_output_stream_new (g_io_stream_get_output_stream (self->stream), packer);

  g_clear_object (&self->below);
  self->below = self->stream;
  self->stream = g_simple_io_stream_new (in, out);
}

/* The text after a line's first word, when that is @word. */
static const char *
after (const char *line, const char *word)
{
  gsize n = strlen (word);

  if (strncmp (line, word, n) != 0 || (line[n] != '\0' && line[n] != ' '))
    return NULL;
  return line[n] ? line + n + 1 : line + n;
}

static void
play_line (TestTalk *self, const char *line)
{
  const char *rest;

  if ((rest = after (line, "S:")))
    test_talk_send_line (self, rest);
  else if ((rest = after (line, "C:")))
    test_talk_expect (self, rest);
  else if (after (line, "C~"))
    g_free (test_talk_read_line (self));
  else if ((rest = after (line, "RAW")))
    {
      g_autoptr (GString) bytes = unescape (rest);

      test_talk_send (self, bytes->str, bytes->len);
    }
  else if ((rest = after (line, "MULTI")))
    send_body (self, rest, TRUE);
  else if ((rest = after (line, "BYTES")))
    send_body (self, rest, FALSE);
  else if ((rest = after (line, "READ")))
    read_bytes (self, g_ascii_strtoull (rest, NULL, 10));
  else if (after (line, "DOT"))
    read_to_dot (self);
  else if (after (line, "EOF"))
    expect_end (self);
  else if (after (line, "TLS"))
    start_tls (self, FALSE);
  else if (after (line, "TLS?"))
    start_tls (self, TRUE);
  else if (after (line, "DEFLATE"))
    test_talk_start_deflate (self);
  else if (after (line, "MAYBE"))
    test_talk_allow_leaving (self);
  else if ((rest = after (line, "WAIT")))
    wait_for (self, *rest ? atoi (rest) : PATIENCE_S * 1000);
  else if ((rest = after (line, "SPLIT")))
    self->split = g_ascii_strtoull (rest, NULL, 10);
  else if (after (line, "FIN"))
    finish_tcp (self);
  else if (after (line, "CUT"))
    test_talk_cut (self);
  else
    g_error ("No such line in a script: %s", line);
}

gboolean
test_talk_play (TestTalk *self, const char *script)
{
  g_auto (GStrv) lines = g_strsplit (script, "\n", -1);

  for (char **line = lines; *line && !self->is_over; line++)
    if (**line && **line != '#')
      {
        self->line = *line;
        play_line (self, *line);
      }
  self->line = NULL;
  return !self->is_over;
}
