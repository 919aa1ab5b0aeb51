/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks for the words that people use when they mean to attach something. */
#include "model-draft-warnings.h"

#include <string.h>

/* Beginnings of words, folded as g_utf8_casefold () does. What a word goes on with does not matter ("Anhänge", "adjuntos"). */
static const char *const words[] = {
  "attach", "enclosed", "enclosing",                                    /* en */
  "anhang", "anhäng", "angehängt", "anbei", "beigefügt", "beiliegend", /* de */
  "ci-joint", "pièce jointe", "pièces jointes", "en annexe",            /* fr */
  "adjunt", "anexo", "anexa",                                           /* es, pt */
  "allegat", "allego",                                                  /* it */
  "bijlage", "bijgevoegd",                                              /* nl */
  "załącz",                                                             /* pl */
  "přílo", "přikládám",                                                 /* cs */
  "bifoga", "bilaga",                                                   /* sv */
  "вложен", "прилага", "приложен", "прикреп",                           /* ru */
  "ekte", "ekteki",                                                     /* tr */
};

/* Scripts that put no blank between words */
static const char *const signs[] = { "附件", "附上", "添付", "첨부" };

static gboolean
begins_word (const char *text, const char *place)
{
  const char *before = g_utf8_find_prev_char (text, place);

  return !before || !g_unichar_isalnum (g_utf8_get_char (before));
}

static gboolean
speaks_of_attachment (const char *line)
{
  g_autofree char *folded = g_utf8_casefold (line, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (strstr (folded, signs[i]))
      return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    for (const char *place = strstr (folded, words[i]); place; place = strstr (place + 1, words[i]))
      if (begins_word (folded, place))
        return TRUE;
  return FALSE;
}

/* The first "-- " ends what was written; what follows a quote may be an answer again. */
static gboolean
has_forgotten (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (char **line = lines; *line; line++)
    {
      if (g_str_equal (*line, "-- ") || g_str_has_prefix (*line, "-------- "))
        return FALSE;
      if (**line != '>' && speaks_of_attachment (*line))
        return TRUE;
    }
  return FALSE;
}

ModelWarnings
model_draft_warnings_find (const char *subject, const char *text, guint n_files, guint n_visible)
{
  g_autofree char *stripped = g_strstrip (g_strdup (subject));
  ModelWarnings found = 0;

  if (!*stripped)
    found |= MODEL_WARNING_SUBJECT;
  if (n_files == 0 && (speaks_of_attachment (stripped) || has_forgotten (text)))
    found |= MODEL_WARNING_ATTACHMENT;
  if (n_visible >= MODEL_WARNING_MANY)
    found |= MODEL_WARNING_RECIPIENTS;
  return found;
}
