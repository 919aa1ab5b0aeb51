/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands: values quoted, or sent as literals, as the server's dialect allows. */
#include "imap-command.h"

#include "imap-mailbox-name.h"

#include <stdarg.h>
#include <string.h>

#define LITERAL_MINUS_MAX 4096 /* RFC 7888 §5 */
#define QUOTED_MAX 1000        /* longer strings go as literals: some servers' line buffers are small */

typedef enum
{
  VALUE_RAW,
  VALUE_STRING,
  VALUE_SECRET,
  VALUE_MAILBOX,
  VALUE_LITERAL,
  VALUE_LITERAL8,
  VALUE_OPEN,
  VALUE_CLOSE,
} ValueKind;

typedef struct
{
  ValueKind kind;
  char *text;
  GBytes *bytes;
} Value;

struct _ImapCommand
{
  char *verb;
  GArray *values;
};

static void
clear_value (gpointer data)
{
  Value *value = data;

  if (value->kind == VALUE_SECRET)
    explicit_bzero (value->text, strlen (value->text));
  g_free (value->text);
  g_clear_pointer (&value->bytes, g_bytes_unref);
}

ImapCommand *
imap_command_new (const char *verb)
{
  ImapCommand *self = g_new (ImapCommand, 1);

  self->verb = g_strdup (verb);
  self->values = g_array_new (FALSE, FALSE, sizeof (Value));
  g_array_set_clear_func (self->values, clear_value);
  return self;
}

void
imap_command_free (ImapCommand *self)
{
  g_free (self->verb);
  g_array_unref (self->values);
  g_free (self);
}

static void
add (ImapCommand *self, ValueKind kind, char *text, GBytes *bytes)
{
  g_array_append_vals (self->values, &(Value) { .kind = kind, .text = text, .bytes = bytes }, 1);
}

void
imap_command_add (ImapCommand *self, const char *raw)
{
  add (self, VALUE_RAW, g_strdup (raw), NULL);
}

void
imap_command_add_format (ImapCommand *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  add (self, VALUE_RAW, g_strdup_vprintf (format, args), NULL);
  va_end (args);
}

void
imap_command_add_string (ImapCommand *self, const char *value)
{
  add (self, VALUE_STRING, g_strdup (value), NULL);
}

void
imap_command_add_secret (ImapCommand *self, const char *value)
{
  add (self, VALUE_SECRET, g_strdup (value), NULL);
}

void
imap_command_add_mailbox (ImapCommand *self, const char *name)
{
  add (self, VALUE_MAILBOX, g_strdup (name), NULL);
}

void
imap_command_add_wire_mailbox (ImapCommand *self, const char *wire)
{
  add (self, VALUE_STRING, g_strdup (wire), NULL);
}

void
imap_command_add_literal (ImapCommand *self, GBytes *bytes)
{
  add (self, VALUE_LITERAL, NULL, g_bytes_ref (bytes));
}

void
imap_command_add_literal8 (ImapCommand *self, GBytes *bytes)
{
  add (self, VALUE_LITERAL8, NULL, g_bytes_ref (bytes));
}

void
imap_command_open (ImapCommand *self)
{
  add (self, VALUE_OPEN, NULL, NULL);
}

void
imap_command_close (ImapCommand *self)
{
  add (self, VALUE_CLOSE, NULL, NULL);
}

static void
clear_chunk (gpointer data)
{
  ImapChunk *chunk = data;

  g_bytes_unref (chunk->bytes);
  g_free (chunk);
}

static void
end_chunk (GPtrArray *chunks, GString *line, gboolean wait)
{
  ImapChunk *chunk = g_new (ImapChunk, 1);

  chunk->bytes = g_bytes_new (line->str, line->len);
  chunk->wait = wait;
  g_ptr_array_add (chunks, chunk);
  g_string_truncate (line, 0);
}

static gboolean
can_be_quoted (const char *text, const ImapDialect *dialect)
{
  gsize n = 0;

  for (const char *p = text; *p; p++, n++)
    if (*p == '\r' || *p == '\n' || ((guchar) *p >= 0x80 && !dialect->is_utf8))
      return FALSE;
  return n <= QUOTED_MAX;
}

static void
append_quoted (GString *line, const char *text)
{
  g_string_append_c (line, '"');
  for (const char *p = text; *p; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (line, '\\');
      g_string_append_c (line, *p);
    }
  g_string_append_c (line, '"');
}

static void
append_literal (GPtrArray *chunks, GString *line, const ImapDialect *dialect, GBytes *bytes)
{
  gsize size = g_bytes_get_size (bytes);
  gboolean wait = dialect->literals == IMAP_LITERAL_WAIT || (dialect->literals == IMAP_LITERAL_MINUS && size > LITERAL_MINUS_MAX);
  ImapChunk *chunk;

  g_string_append_printf (line, wait ? "{%" G_GSIZE_FORMAT "}\r\n" : "{%" G_GSIZE_FORMAT "+}\r\n", size);
  end_chunk (chunks, line, wait);
  chunk = g_new (ImapChunk, 1);
  chunk->bytes = g_bytes_ref (bytes);
  chunk->wait = FALSE;
  g_ptr_array_add (chunks, chunk);
}

static void
append_string (GPtrArray *chunks, GString *line, const ImapDialect *dialect, const char *text)
{
  if (can_be_quoted (text, dialect))
    append_quoted (line, text);
  else
    {
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

      append_literal (chunks, line, dialect, bytes);
    }
}

static char *
spell_mailbox (const char *name, const ImapDialect *dialect)
{
  if (g_ascii_strcasecmp (name, "INBOX") == 0)
    return g_strdup ("INBOX");
  return dialect->is_utf8 ? g_strdup (name) : imap_mailbox_name_encode (name);
}

static void
append_value (GPtrArray *chunks, GString *line, const ImapDialect *dialect, const Value *value)
{
  switch (value->kind)
    {
    case VALUE_RAW:
      g_string_append (line, value->text);
      break;
    case VALUE_STRING:
    case VALUE_SECRET:
      append_string (chunks, line, dialect, value->text);
      break;
    case VALUE_MAILBOX:
      {
        g_autofree char *wire = spell_mailbox (value->text, dialect);

        append_string (chunks, line, dialect, wire);
        break;
      }
    case VALUE_LITERAL8:
      g_string_append_c (line, '~');
      G_GNUC_FALLTHROUGH;
    case VALUE_LITERAL:
      append_literal (chunks, line, dialect, value->bytes);
      break;
    case VALUE_OPEN:
      g_string_append_c (line, '(');
      break;
    case VALUE_CLOSE:
      g_string_append_c (line, ')');
      break;
    }
}

static gboolean
needs_space (const GArray *values, guint i)
{
  return g_array_index (values, Value, i).kind != VALUE_CLOSE && (i == 0 || g_array_index (values, Value, i - 1).kind != VALUE_OPEN);
}

GPtrArray *
imap_command_render (ImapCommand *self, const char *tag, const ImapDialect *dialect)
{
  GPtrArray *chunks = g_ptr_array_new_with_free_func (clear_chunk);
  g_autoptr (GString) line = g_string_new (NULL);

  g_string_printf (line, "%s %s", tag, self->verb);
  for (guint i = 0; i < self->values->len; i++)
    {
      if (needs_space (self->values, i))
        g_string_append_c (line, ' ');
      append_value (chunks, line, dialect, &g_array_index (self->values, Value, i));
    }
  g_string_append (line, "\r\n");
  end_chunk (chunks, line, FALSE);
  return chunks;
}

gboolean
imap_command_waits (ImapCommand *self, const ImapDialect *dialect)
{
  g_autoptr (GPtrArray) chunks = imap_command_render (self, "", dialect);

  for (guint i = 0; i < chunks->len; i++)
    if (((const ImapChunk *) g_ptr_array_index (chunks, i))->wait)
      return TRUE;
  return FALSE;
}

void
imap_command_wipe (ImapCommand *self, GPtrArray *chunks)
{
  gboolean has_secret = FALSE;

  for (guint i = 0; i < self->values->len; i++)
    has_secret |= g_array_index (self->values, Value, i).kind == VALUE_SECRET;
  for (guint i = 0; has_secret && i < chunks->len; i++)
    {
      gsize size;
      const void *data = g_bytes_get_data (((ImapChunk *) g_ptr_array_index (chunks, i))->bytes, &size);

      explicit_bzero ((void *) data, size); /* our own copy, made by imap_command_render () and shared with nobody */
    }
}

char *
imap_command_to_trace (ImapCommand *self, const ImapDialect *dialect)
{
  GString *line = g_string_new (self->verb);

  for (guint i = 0; i < self->values->len; i++)
    {
      const Value *value = &g_array_index (self->values, Value, i);

      if (needs_space (self->values, i))
        g_string_append_c (line, ' ');
      if (value->kind == VALUE_LITERAL || value->kind == VALUE_LITERAL8)
        g_string_append_printf (line, "{%" G_GSIZE_FORMAT " bytes}", g_bytes_get_size (value->bytes));
      else if (value->kind == VALUE_SECRET)
        g_string_append (line, "[secret]");
      else if (value->kind == VALUE_STRING || value->kind == VALUE_MAILBOX)
        append_quoted (line, value->text);
      else
        append_value (NULL, line, dialect, value);
    }
  return g_string_free (line, FALSE);
}
