/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is typed into a list to go to what begins with it. */
#include "app-typed-word.h"

/* Letters that come within this time of each other are one word. */
#define WORD_US (G_USEC_PER_SEC * 5 / 4)

struct _AppTypedWord
{
  GString *word;      /* what is being typed */
  char *letter;       /* the one that it consists of */
  gint64 last_typed;
};

AppTypedWord *
app_typed_word_new (void)
{
  AppTypedWord *self = g_new0 (AppTypedWord, 1);

  self->word = g_string_new (NULL);
  return self;
}

void
app_typed_word_free (AppTypedWord *self)
{
  g_string_free (self->word, TRUE);
  g_free (self->letter);
  g_free (self);
}

/* One letter again and again goes from one that begins with it to the next. */
static gboolean
is_one_letter (const char *word)
{
  gunichar first = g_utf8_get_char (word);

  for (const char *p = word; *p; p = g_utf8_next_char (p))
    if (g_utf8_get_char (p) != first)
      return FALSE;
  return TRUE;
}

const char *
app_typed_word_type (AppTypedWord *self, guint keyval, GdkModifierType state, gint64 now, gboolean *goes_on)
{
  gunichar letter = gdk_keyval_to_unicode (keyval);

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)) || !letter || !g_unichar_isprint (letter))
    return NULL;
  if (now - self->last_typed > WORD_US)
    g_string_truncate (self->word, 0);
  if (letter == ' ' && !self->word->len)
    return NULL;
  self->last_typed = now;
  g_string_append_unichar (self->word, letter);
  *goes_on = is_one_letter (self->word->str);
  if (!*goes_on)
    return self->word->str;
  g_free (self->letter);
  self->letter = g_utf8_substring (self->word->str, 0, 1);
  return self->letter;
}
