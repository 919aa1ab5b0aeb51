/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CAPA. */
#include "pop3-capabilities.h"

#include <string.h>

/* There are some thirty SASL mechanisms. */
#define MECHANISM_LIMIT 64

Pop3Capabilities *
pop3_capabilities_new (void)
{
  Pop3Capabilities *self = g_new0 (Pop3Capabilities, 1);

  self->mechanisms = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->mechanisms, NULL);
  return self;
}

void
pop3_capabilities_free (Pop3Capabilities *self)
{
  g_ptr_array_unref (self->mechanisms);
  g_free (self);
}

static void
add_mechanisms (Pop3Capabilities *self, char **words)
{
  for (; *words != NULL; words++)
    if (**words != '\0' && self->mechanisms->len <= MECHANISM_LIMIT)
      g_ptr_array_insert (self->mechanisms, (gint) self->mechanisms->len - 1, g_ascii_strup (*words, -1));
}

void
pop3_capabilities_add_line (Pop3Capabilities *self, const char *line)
{
  g_auto (GStrv) words = g_strsplit_set (line, " \t", -1);
  const struct
  {
    const char *word;
    gboolean *flag;
  } flags[] = {
    { "TOP", &self->has_top },   { "UIDL", &self->has_uidl },             { "USER", &self->has_user },
    { "STLS", &self->has_stls }, { "PIPELINING", &self->has_pipelining }, { "UTF8", &self->has_utf8 },
  };

  if (words[0] == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++)
    if (g_ascii_strcasecmp (words[0], flags[i].word) == 0)
      *flags[i].flag = TRUE;
  if (g_ascii_strcasecmp (words[0], "SASL") == 0)
    add_mechanisms (self, words + 1);
  else if (g_ascii_strcasecmp (words[0], "EXPIRE") == 0)
    self->expires_at_once = g_strcmp0 (words[1], "0") == 0;
  else if (g_ascii_strcasecmp (words[0], "LOGIN-DELAY") == 0 && words[1] != NULL)
    self->login_delay = (guint) MIN (g_ascii_strtoull (words[1], NULL, 10), 24 * 60 * 60);
}
