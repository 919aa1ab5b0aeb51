/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Address lists, read by GMime entry by entry. They are cut into entries here, because GMime recurses into groups (65,000 nested ones
 * end the stack), gives up a whole list at a ";" between people, and takes the comma inside an encoded word for one between them. */
#include "mime-header.h"

#include <string.h>

#include "mime-name.h"

typedef struct
{
  GPtrArray *list;
  GMimeParserOptions *options;
  const char *charset;

  const char *end;
  GString *entry;
  gboolean in_angle;
  gboolean has_at;
  gboolean has_no_quote;   /* none further on, likewise: each is looked for once */
  gboolean has_no_comment;
} Reader;

static char *
clean_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name ? name : "", -1);
  g_autofree char *line = mime_name_clean_line (valid);
  gsize n = strlen (line);

  /* 'Ana Ruiz' <ana@…>: Outlook's quotes */
  if (n > 2 && (line[0] == '\'' || line[0] == '"') && line[n - 1] == line[0])
    {
      line[n - 1] = '\0';
      return g_strstrip (g_strdup (line + 1));
    }
  return g_steal_pointer (&line);
}

static char *
clean_address (Reader *self, const char *text)
{
  g_autofree char *decoded = mime_header_decode (text, strlen (text), self->charset);
  g_autofree char *line = mime_name_clean_line (decoded);
  GString *out = g_string_new (NULL);
  gboolean in_quotes = FALSE;

  for (const char *p = line; *p; p++)
    {
      if (*p == '"')
        in_quotes = !in_quotes;
      if (*p != ' ' || in_quotes)
        g_string_append_c (out, *p);
    }
  return g_string_free (out, FALSE);
}

/* Takes both strings. */
static void
add (Reader *self, char *name, char *text)
{
  MailAddress *address;

  if ((!*name && !*text) || self->list->len >= MIME_HEADER_MAX_ADDRESSES)
    {
      g_free (name);
      g_free (text);
      return;
    }
  address = mail_address_new (NULL, NULL);
  g_free (address->name);
  g_free (address->address);
  address->name = name;
  address->address = text;
  g_ptr_array_add (self->list, address);
}

/* What GMime takes for no address: "Ana Ruiz ana@example.org", the brackets forgotten, or words alone. */
static void
add_words (Reader *self, char *text)
{
  char *at = strrchr (g_strstrip (text), '@'), *start = at, *stop = at;
  g_autofree char *name = NULL;

  if (at)
    {
      while (start > text && start[-1] != ' ' && start[-1] != '\t')
        start--;
      while (*stop && *stop != ' ' && *stop != '\t')
        stop++;
      *stop = '\0';
      at = clean_address (self, start);
      *start = '\0';
    }
  name = mime_header_decode (text, strlen (text), self->charset);
  add (self, clean_name (name), at ? at : g_strdup (""));
}

static gboolean
add_mailbox (Reader *self, InternetAddress *mailbox, gboolean is_alone)
{
  const char *name = internet_address_get_name (mailbox);
  const char *address = INTERNET_ADDRESS_IS_MAILBOX (mailbox) ? internet_address_mailbox_get_addr (INTERNET_ADDRESS_MAILBOX (mailbox)) : NULL;

  if (!address || (!is_alone && !strchr (address, '@')))
    return FALSE;
  if (!strchr (address, '@') && (*address == '"' || g_str_has_prefix (address, "=?")))
    return FALSE;
  add (self, clean_name (name), clean_address (self, address));
  return TRUE;
}

static void
finish_entry (Reader *self)
{
  InternetAddressList *list;
  gboolean is_read = FALSE;

  g_strstrip (self->entry->str);
  if (*self->entry->str && self->list->len < MIME_HEADER_MAX_ADDRESSES)
    {
      list = internet_address_list_parse (self->options, self->entry->str);
      for (int i = 0, n = list ? internet_address_list_length (list) : 0; i < n; i++)
        is_read = add_mailbox (self, internet_address_list_get_address (list, i), n == 1) || is_read;
      g_clear_object (&list);
      if (!is_read)
        add_words (self, self->entry->str);
    }
  g_string_truncate (self->entry, 0);
  self->in_angle = self->has_at = FALSE;
}

/* To the quote's or comment's end; one without an end is a character, not a thing that eats all other people. */
static const char *
read_enclosed (Reader *self, const char *p, gboolean *has_no_end)
{
  const char *stop = p;
  guint depth = 0;

  while (stop < self->end && !*has_no_end)
    {
      char c = *stop++;

      if (c == '\\' && stop < self->end)
        stop++;
      else if (c == '(' && *p == '(')
        depth++;
      else if ((*p == '"' && c == '"' && stop > p + 1) || (*p == '(' && c == ')' && --depth == 0))
        {
          g_string_append_len (self->entry, p, stop - p);
          return stop;
        }
    }
  *has_no_end = TRUE;
  g_string_append_c (self->entry, ' ');
  return p + 1;
}

/* Quoted where it holds what should have been encoded: GMime reads words in quotes too. */
static const char *
read_word (Reader *self, const char *p)
{
  const char *mark = memchr (p + 2, '?', MIN (self->end - p - 2, 64));
  const char *stop = mark && self->end - mark > 4 && mark[2] == '?' ? g_strstr_len (mark + 3, MIN (self->end - mark - 3, 1000), "?=") : NULL;
  gboolean is_odd = FALSE;

  if (!stop)
    {
      g_string_append_c (self->entry, *p);
      return p + 1;
    }
  for (const char *q = p; q < stop; q++)
    is_odd = is_odd || strchr (",;:<>()", *q);
  g_string_append (self->entry, is_odd ? "\"" : "");
  g_string_append_len (self->entry, p, stop + 2 - p);
  g_string_append (self->entry, is_odd ? "\"" : "");
  return stop + 2;
}

static const char *
read_character (Reader *self, const char *p)
{
  if (*p == '"')
    return read_enclosed (self, p, &self->has_no_quote);
  if (*p == '(' && !self->in_angle)
    return read_enclosed (self, p, &self->has_no_comment);
  if (*p == '=' && self->end - p > 8 && p[1] == '?')
    return read_word (self, p);
  if ((*p == ',' || *p == ';') && !self->in_angle)
    finish_entry (self);
  else if (*p == ':' && !self->in_angle && !self->has_at)
    g_string_truncate (self->entry, 0); /* a group's name: RFC 5322 §3.4 */
  else
    {
      if (*p == '<' && !self->in_angle)
        self->in_angle = memchr (p, '>', self->end - p) != NULL;
      else if (*p == '>')
        self->in_angle = FALSE;
      self->has_at = self->has_at || *p == '@';
      g_string_append_c (self->entry, *p);
    }
  return p + 1;
}

void
mime_header_add_addresses (GPtrArray *list, const char *value, gsize length, const char *charset)
{
  g_autoptr (GString) line = mime_header_unfold (value, length);
  Reader self = { .list = list, .charset = charset, .end = line->str + line->len, .entry = g_string_new (NULL) };

  self.options = mime_header_new_options (charset);
  for (const char *p = line->str; p < self.end;)
    p = read_character (&self, p);
  finish_entry (&self);
  g_mime_parser_options_free (self.options);
  g_string_free (self.entry, TRUE);
}
