/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a server's answer to EHLO offers. */
#include "smtp-extensions.h"

#include <string.h>

/* A server has a dozen at most; more is noise. */
#define MAX_MECHANISMS 64

static void
add_mechanism (SmtpExtensions *self, const char *name)
{
  g_autofree char *upper = g_ascii_strup (name, -1);

  /* the %NULL at the end is always there */
  for (guint i = 0; i + 1 < self->mechanisms->len; i++)
    if (strcmp (g_ptr_array_index (self->mechanisms, i), upper) == 0)
      return;
  if (*upper && self->mechanisms->len <= MAX_MECHANISMS)
    g_ptr_array_insert (self->mechanisms, self->mechanisms->len - 1, g_steal_pointer (&upper));
}

static void
read_limits (SmtpExtensions *self, char **words)
{
  for (guint i = 1; words[i]; i++)
    {
      guint64 value;

      if (g_ascii_strncasecmp (words[i], "RCPTMAX=", 8) == 0
          && g_ascii_string_to_unsigned (words[i] + 8, 10, 1, G_MAXUINT, &value, NULL))
        self->max_recipients = value;
    }
}

static void
read_size (SmtpExtensions *self, char **words)
{
  guint64 value;

  self->has_size = TRUE;
  for (guint i = 1; words[i]; i++)
    if (g_ascii_string_to_unsigned (words[i], 10, 0, G_MAXUINT64, &value, NULL))
      {
        self->max_size = value;
        return;
      }
}

static void
read_line (SmtpExtensions *self, const char *line)
{
  const struct
  {
    const char *keyword;
    gboolean *flag;
  } flags[] = {
    { "STARTTLS", &self->has_starttls }, { "PIPELINING", &self->has_pipelining }, { "8BITMIME", &self->has_8bitmime },
    { "SMTPUTF8", &self->has_smtputf8 }, { "DSN", &self->has_dsn }, { "ENHANCEDSTATUSCODES", &self->has_enhanced },
  };
  g_auto (GStrv) words = g_strsplit_set (line, " \t", -1);

  if (!words[0])
    return;
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if (g_ascii_strcasecmp (words[0], flags[i].keyword) == 0)
      *flags[i].flag = TRUE;
  if (g_ascii_strcasecmp (words[0], "SIZE") == 0)
    read_size (self, words);
  else if (g_ascii_strcasecmp (words[0], "LIMITS") == 0)
    read_limits (self, words);
  else if (g_ascii_strcasecmp (words[0], "AUTH") == 0)
    for (guint i = 1; words[i]; i++)
      add_mechanism (self, words[i]);
  else if (g_ascii_strncasecmp (words[0], "AUTH=", 5) == 0) /* of before RFC 2554, still said by Exchange and others */
    {
      add_mechanism (self, words[0] + 5);
      for (guint i = 1; words[i]; i++)
        add_mechanism (self, words[i]);
    }
}

SmtpExtensions *
smtp_extensions_new (const SmtpReply *reply)
{
  SmtpExtensions *self = g_new0 (SmtpExtensions, 1);

  self->mechanisms = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->mechanisms, NULL);
  /* the first line is the server's name and greeting */
  for (guint i = 1; reply && i < reply->lines->len; i++)
    read_line (self, g_ptr_array_index (reply->lines, i));
  return self;
}

void
smtp_extensions_free (SmtpExtensions *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->mechanisms);
  g_free (self);
}

const char *const *
smtp_extensions_get_mechanisms (const SmtpExtensions *self)
{
  return (const char *const *) self->mechanisms->pdata;
}
