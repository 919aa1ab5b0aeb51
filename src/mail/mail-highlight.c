/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where in a text is what a query looked for. */
#include "mail-highlight.h"

#include "mail-words.h"

#include <string.h>

typedef struct
{
  char **words;
  guint n_words;
  gboolean is_prefix;
  MailField field;
} Phrase;

struct _MailHighlight
{
  gatomicrefcount references;
  GPtrArray *phrases;
};

/* A word of the text */
typedef struct
{
  guint start, end, first_end;
  gboolean is_dense;
  char *word;
} Word;

G_DEFINE_BOXED_TYPE (MailHighlight, mail_highlight, mail_highlight_ref, mail_highlight_unref)

static void
phrase_free (gpointer data)
{
  Phrase *self = data;

  g_strfreev (self->words);
  g_free (self);
}

static void
word_clear (gpointer data)
{
  g_free (((Word *) data)->word);
}

MailHighlight *
mail_highlight_new (const MailQuery *query)
{
  g_autoptr (MailHighlight) self = g_new0 (MailHighlight, 1);
  const GPtrArray *clauses = mail_query_get_clauses (query);

  g_atomic_ref_count_init (&self->references);
  self->phrases = g_ptr_array_new_with_free_func (phrase_free);
  for (guint i = 0; i < clauses->len; i++)
    {
      const GPtrArray *clause = g_ptr_array_index (clauses, i);

      for (guint j = 0; j < clause->len; j++)
        {
          const MailTerm *term = g_ptr_array_index (clause, j);
          Phrase *phrase;

          if (term->kind != MAIL_TERM_WORDS || term->is_negated)
            continue;
          phrase = g_new0 (Phrase, 1);
          phrase->words = g_strsplit (term->words, " ", -1);
          phrase->n_words = g_strv_length (phrase->words);
          phrase->is_prefix = term->is_prefix;
          phrase->field = term->field;
          g_ptr_array_add (self->phrases, phrase);
        }
    }
  return self->phrases->len > 0 ? g_steal_pointer (&self) : NULL;
}

MailHighlight *
mail_highlight_ref (MailHighlight *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
mail_highlight_unref (MailHighlight *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_ptr_array_unref (self->phrases);
  g_free (self);
}

static GArray *
list_words (const char *text)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (Word));
  MailWords words;

  g_array_set_clear_func (list, word_clear);
  for (mail_words_init (&words, text, (gssize) strnlen (text, MAIL_HIGHLIGHT_MAX_BYTES)); mail_words_next (&words);)
    {
      Word word = { words.start - text, words.end - text, words.first_end - text, words.is_dense, g_strdup (words.word) };

      g_array_append_val (list, word);
    }
  return list;
}

/* @end: (out): of the phrase in the text */
static gboolean
matches (const Phrase *phrase, const GArray *words, guint position, guint *end)
{
  if (position + phrase->n_words > words->len)
    return FALSE;
  for (guint i = 0; i < phrase->n_words; i++)
    {
      const Word *word = &g_array_index (words, Word, position + i);
      gboolean is_open = phrase->is_prefix && i + 1 == phrase->n_words;

      if (is_open ? !g_str_has_prefix (word->word, phrase->words[i]) : !g_str_equal (word->word, phrase->words[i]))
        return FALSE;
      *end = is_open && word->is_dense ? word->first_end : word->end;
    }
  return TRUE;
}

GArray *
mail_highlight_find (const MailHighlight *self, const char *text, guint fields)
{
  g_autoptr (GArray) words = list_words (text);
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (MailRange));

  for (guint position = 0; position < words->len && ranges->len < MAIL_HIGHLIGHT_MAX_RANGES; position++)
    {
      guint start = g_array_index (words, Word, position).start;
      guint farthest = 0;
      MailRange *last = ranges->len > 0 ? &g_array_index (ranges, MailRange, ranges->len - 1) : NULL;

      for (guint i = 0; i < self->phrases->len; i++)
        {
          const Phrase *phrase = g_ptr_array_index (self->phrases, i);
          guint end = 0;

          if ((phrase->field == MAIL_FIELD_ANY || (fields & (1u << phrase->field))) && matches (phrase, words, position, &end))
            farthest = MAX (farthest, end);
        }
      if (last && start <= last->end)
        last->end = MAX (last->end, farthest);
      else if (farthest > 0)
        g_array_append_val (ranges, ((MailRange) { start, farthest }));
    }
  return ranges;
}
