/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UIDL and LIST. */
#include "pop3-listing.h"

#include "pop3-reply.h"

#include <string.h>

typedef void (*AddLine) (Pop3Listing *self, const char *line);

static void
clear_entry (gpointer data)
{
  g_free (((Pop3ListingEntry *) data)->uidl);
}

Pop3Listing *
pop3_listing_new (void)
{
  Pop3Listing *self = g_new0 (Pop3Listing, 1);

  self->entries = g_array_new (FALSE, FALSE, sizeof (Pop3ListingEntry));
  g_array_set_clear_func (self->entries, clear_entry);
  return self;
}

void
pop3_listing_free (Pop3Listing *self)
{
  g_array_unref (self->entries);
  g_free (self);
}

/* The number at the line's start; @rest is what follows it and its blanks. 0: this is none. */
static guint
take_number (const char *line, const char **rest)
{
  guint64 number = 0;

  while (*line == ' ')
    line++;
  if (!g_ascii_isdigit (*line))
    return 0;
  for (; g_ascii_isdigit (*line); line++)
    {
      number = number * 10 + (guint64) (*line - '0');
      if (number > G_MAXINT32)
        return 0;
    }
  if (*line != '\0' && *line != ' ' && *line != '\t')
    return 0;
  while (*line == ' ' || *line == '\t')
    line++;
  *rest = line;
  return (guint) number;
}

void
pop3_listing_add_uidl_line (Pop3Listing *self, const char *line)
{
  Pop3ListingEntry entry = { .size = -1 };
  const char *uidl;
  gsize length = 0;

  entry.number = take_number (line, &uidl);
  if (entry.number == 0)
    return;
  while (g_ascii_isgraph (uidl[length]))
    length++;
  /* Blanks after it are nothing, but a unique-id with something else in it would be cut to one that may not be unique. */
  if (length > 0 && uidl[length + strspn (uidl + length, " \t")] == '\0')
    entry.uidl = g_strndup (uidl, length);
  g_array_append_val (self->entries, entry);
}

void
pop3_listing_add_list_line (Pop3Listing *self, const char *line)
{
  Pop3ListingEntry entry = { .size = -1 };
  const char *size;

  entry.number = take_number (line, &size);
  if (entry.number == 0)
    return;
  if (g_ascii_isdigit (*size))
    entry.size = (gint64) MIN (g_ascii_strtoull (size, NULL, 10), (guint64) G_MAXINT64);
  g_array_append_val (self->entries, entry);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  guint first = ((const Pop3ListingEntry *) a)->number, second = ((const Pop3ListingEntry *) b)->number;

  return first < second ? -1 : first > second;
}

/* Two entries of one number, one from UIDL and one from LIST as a rule. */
static void
merge (Pop3ListingEntry *into, Pop3ListingEntry *from, gboolean *is_contradicted)
{
  if (into->uidl == NULL && !*is_contradicted)
    into->uidl = g_steal_pointer (&from->uidl);
  else if (from->uidl != NULL && g_strcmp0 (into->uidl, from->uidl) != 0)
    {
      *is_contradicted = TRUE;
      g_clear_pointer (&into->uidl, g_free);
    }
  g_clear_pointer (&from->uidl, g_free);
  if (into->size < 0)
    into->size = from->size;
}

/* What servers do: UIDL and LIST name the same messages in the same order. */
static gboolean
zip (Pop3Listing *self)
{
  Pop3ListingEntry *entries = (Pop3ListingEntry *) (gpointer) self->entries->data;
  guint n = self->entries->len / 2;

  for (guint i = 0; i < n; i++)
    if (entries[i].number != entries[n + i].number || (i > 0 && entries[i].number <= entries[i - 1].number))
      return FALSE;
  if (self->entries->len % 2 != 0)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      gboolean is_contradicted = FALSE;

      merge (&entries[i], &entries[n + i], &is_contradicted);
    }
  g_array_set_size (self->entries, n);
  return TRUE;
}

void
pop3_listing_settle (Pop3Listing *self)
{
  Pop3ListingEntry *entries;
  gboolean is_contradicted = FALSE;
  guint n = 0;

  if (zip (self))
    return;
  g_array_sort (self->entries, compare_entries);
  entries = (Pop3ListingEntry *) (gpointer) self->entries->data;
  for (guint i = 0; i < self->entries->len; i++)
    {
      if (n > 0 && entries[n - 1].number == entries[i].number)
        {
          merge (&entries[n - 1], &entries[i], &is_contradicted);
          continue;
        }
      is_contradicted = FALSE;
      if (n != i)
        {
          entries[n] = entries[i];
          entries[i].uidl = NULL;
        }
      n++;
    }
  g_array_set_size (self->entries, n);
}

/* One of the two answers. @is_refused: -ERR, with the text in @refusal. */
static gboolean
read_answer (Pop3Session *session, Pop3Listing *self, AddLine add_line, gboolean *is_refused, GString *refusal,
             GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_lines = 0;
  Pop3Event event = pop3_session_read_status (session, POP3_REPLY_LINES, text, cancellable, error);

  *is_refused = event == POP3_EVENT_ERR;
  if (*is_refused)
    g_string_assign (refusal, text->str);
  if (event != POP3_EVENT_OK)
    return *is_refused;
  while ((event = pop3_session_read_line (session, text, cancellable, error)) == POP3_EVENT_LINE)
    {
      if (++n_lines > POP3_LISTING_LIMIT)
        event = pop3_session_break (session, "its list of messages has no end", error);
      if (event == POP3_EVENT_BROKEN)
        return FALSE;
      add_line (self, text->str);
    }
  pop3_session_trace_note (session, "… %u lines", n_lines);
  return event == POP3_EVENT_END;
}

gboolean
pop3_listing_ask (Pop3Session *session, GCancellable *cancellable, GError **error)
{
  return pop3_session_send (session, "UIDL", cancellable, error)
         && (pop3_session_get_window (session) == 1 || pop3_session_send (session, "LIST", cancellable, error));
}

Pop3Listing *
pop3_listing_read (Pop3Session *session, GCancellable *cancellable, GError **error)
{
  g_autoptr (Pop3Listing) self = pop3_listing_new ();
  g_autoptr (GString) refusal = g_string_new (NULL);
  gboolean pipelines = pop3_session_get_window (session) > 1;
  gboolean has_no_uidls, has_no_list;
  GError *refused = NULL;

  if (!read_answer (session, self, pop3_listing_add_uidl_line, &has_no_uidls, refusal, cancellable, error)
      || (!pipelines && !pop3_session_send (session, "LIST", cancellable, error))
      || !read_answer (session, self, pop3_listing_add_list_line, &has_no_list, refusal, cancellable, error))
    return NULL;
  self->has_uidls = !has_no_uidls;
  if (has_no_uidls && has_no_list)
    {
      pop3_reply_set_error (&refused, BASE_ERROR_REFUSED, "the list of messages", refusal->str);
      pop3_session_describe (session, refused);
      g_propagate_error (error, refused);
      return NULL;
    }
  pop3_listing_settle (self);
  return g_steal_pointer (&self);
}
