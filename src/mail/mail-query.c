/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person typed to find mail, understood. */
#include "mail-query.h"

#include "mail-query-value.h"
#include "mail-words.h"

#include <string.h>

struct _MailQuery
{
  gatomicrefcount references;
  char *text;
  GPtrArray *clauses;
  char *complaint;
};

G_DEFINE_BOXED_TYPE (MailQuery, mail_query, mail_query_ref, mail_query_unref)

/* One piece of the text: -operator:"value"* */
typedef struct
{
  gboolean is_negated;
  gboolean is_quoted;
  gboolean has_star;
  gboolean is_last;    /* the text ends right behind it */
  char *operator;      /* (nullable) in lower case */
  char *value;
} Piece;

typedef struct
{
  MailQuery *query;
  const char *p;
  gboolean is_typing;
  gint64 now;
  GTimeZone *zone;
  guint n_terms;
  gboolean is_or;      /* an OR stands before what comes */
} Parser;

static void
piece_clear (Piece *self)
{
  g_free (self->operator);
  g_free (self->value);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Piece, piece_clear)

static void
term_free (gpointer data)
{
  MailTerm *self = data;

  g_free (self->words);
  g_free (self);
}

static gboolean
is_blank (const char *p)
{
  return *p && g_unichar_isspace (g_utf8_get_char (p));
}

/* Straight quotes and those that a phone's keyboard makes of them; behind it, or NULL */
static const char *
skip_quote (const char *p)
{
  gunichar character = g_utf8_get_char (p);

  return character == '"' || (character >= 0x201c && character <= 0x201f) ? g_utf8_next_char (p) : NULL;
}

/* "name:" before a value: letters alone */
static const char *
find_colon (const char *p)
{
  const char *start = p;

  while (g_ascii_isalpha (*p))
    p++;
  return p > start && *p == ':' ? p : NULL;
}

static void
read_value (Parser *self, Piece *piece)
{
  const char *start, *inner = skip_quote (self->p);

  piece->is_quoted = inner != NULL;
  if (inner)
    {
      for (start = self->p = inner; *self->p && !skip_quote (self->p);)
        self->p = g_utf8_next_char (self->p);
      piece->value = g_strndup (start, self->p - start);
      if (*self->p)
        self->p = skip_quote (self->p);
      piece->has_star = *self->p == '*';
      self->p += piece->has_star;
    }
  else
    {
      for (start = self->p; *self->p && !is_blank (self->p) && !skip_quote (self->p);)
        self->p = g_utf8_next_char (self->p);
      piece->value = g_strndup (start, self->p - start);
      piece->has_star = self->p > start && self->p[-1] == '*';
    }
  piece->is_last = *self->p == '\0';
}

static gboolean
read_piece (Parser *self, Piece *piece)
{
  const char *colon;

  while (is_blank (self->p))
    self->p = g_utf8_next_char (self->p);
  if (!*self->p)
    return FALSE;
  if (*self->p == '-' && self->p[1] && !is_blank (self->p + 1))
    {
      piece->is_negated = TRUE;
      self->p++;
    }
  colon = find_colon (self->p);
  if (colon)
    {
      piece->operator = g_ascii_strdown (self->p, colon - self->p);
      self->p = colon + 1;
    }
  read_value (self, piece);
  return TRUE;
}

static void
complain (Parser *self, gboolean is_date, const char *value)
{
  if (self->query->complaint)
    return;
  if (is_date)
    self->query->complaint = g_strdup_printf ("“%s” is no date: write 2026-11-22, 2026-11, 2026, today, yesterday, 7d, 2w, 3m or 1y.", value);
  else
    self->query->complaint = g_strdup_printf ("“%s” is no size: write 500, 20k, 5M or 1G.", value);
}

/* The words of @text as the index has them, one after the other. What stands alone at the end of a run of a dense script has a
 * neighbour in many texts: behind another it says nothing new, and by itself it is the beginning of a word. Of other scripts a beginning
 * has @min_letters. */
static char *
fold_phrase (const char *text, glong min_letters, gboolean *is_prefix)
{
  g_autoptr (GString) phrase = g_string_new (NULL);
  MailWords words;
  gsize before_last = 0;
  gboolean is_open = FALSE, is_told = FALSE, is_short = FALSE;

  for (mail_words_init (&words, text, -1); mail_words_next (&words);)
    {
      before_last = phrase->len;
      if (phrase->len > 0)
        g_string_append_c (phrase, ' ');
      g_string_append_len (phrase, words.word, words.length);
      is_open = words.is_dense && words.is_single;
      is_told = is_open && words.has_neighbour;
      is_short = !words.is_dense && g_utf8_strlen (words.word, -1) < min_letters;
    }
  if (is_told)
    g_string_truncate (phrase, before_last);
  *is_prefix = (*is_prefix ? !is_short : is_open) && !is_told;
  return g_string_free (g_steal_pointer (&phrase), FALSE);
}

static MailTerm *
make_words (Parser *self, MailField field, const Piece *piece, const char *text)
{
  MailTerm *term = g_new0 (MailTerm, 1);

  term->kind = MAIL_TERM_WORDS;
  term->field = field;
  term->is_prefix = piece->has_star || (self->is_typing && piece->is_last && !piece->is_quoted);
  term->words = fold_phrase (text, piece->has_star ? MAIL_QUERY_PREFIX_LETTERS : MAIL_QUERY_TYPING_LETTERS, &term->is_prefix);
  return term;
}

static MailTerm *
make_flags (const MailQueryState *state)
{
  MailTerm *term = g_new0 (MailTerm, 1);

  term->kind = MAIL_TERM_FLAGS;
  term->flags = state->flags;
  term->is_unset = state->is_unset;
  return term;
}

static MailTerm *
make_kind (MailTermKind kind, gint64 number)
{
  MailTerm *term = g_new0 (MailTerm, 1);

  term->kind = kind;
  term->number = number;
  return term;
}

static gboolean
find_field (const char *operator, MailField *field)
{
  static const struct { const char *word; MailField field; } fields[] = {
    { "from", MAIL_FIELD_FROM }, { "to", MAIL_FIELD_TO }, { "cc", MAIL_FIELD_TO }, { "bcc", MAIL_FIELD_TO },
    { "subject", MAIL_FIELD_SUBJECT }, { "body", MAIL_FIELD_BODY }, { "attachment", MAIL_FIELD_ATTACHMENT },
    { "filename", MAIL_FIELD_ATTACHMENT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (operator, fields[i].word))
      {
        *field = fields[i].field;
        return TRUE;
      }
  return FALSE;
}

static MailTerm *
make_folder (const char *value)
{
  MailTerm *term = make_kind (MAIL_TERM_FOLDER, 0);
  gboolean is_prefix = FALSE;

  term->words = fold_phrase (value, MAIL_QUERY_PREFIX_LETTERS, &is_prefix);
  return term;
}

/* before:, after:, larger:, smaller: @is_known: (out): whether @piece is one of them */
static MailTerm *
make_measure (Parser *self, const Piece *piece, gboolean *is_known)
{
  static const struct { const char *word; MailTermKind kind; } measures[] = {
    { "before", MAIL_TERM_BEFORE }, { "after", MAIL_TERM_AFTER }, { "larger", MAIL_TERM_LARGER }, { "smaller", MAIL_TERM_SMALLER },
  };
  gboolean is_unfinished = *piece->value == '\0' || (self->is_typing && piece->is_last);
  gint64 number;

  *is_known = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (measures); i++)
    if (g_str_equal (piece->operator, measures[i].word))
      {
        gboolean is_date = measures[i].kind == MAIL_TERM_BEFORE || measures[i].kind == MAIL_TERM_AFTER;

        *is_known = TRUE;
        if (is_date ? mail_query_value_date (piece->value, self->now, self->zone, &number) : mail_query_value_size (piece->value, &number))
          return make_kind (measures[i].kind, number);
        if (!is_unfinished)
          complain (self, is_date, piece->value);
        return NULL;
      }
  return NULL;
}

/* NULL when the piece says nothing (yet). */
static MailTerm *
understand_operator (Parser *self, const Piece *piece)
{
  MailQueryState state;
  MailField field;
  MailTerm *term;
  gboolean is_known;
  g_autofree char *whole = NULL;

  if (find_field (piece->operator, &field))
    return make_words (self, field, piece, piece->value);
  if (g_str_equal (piece->operator, "in"))
    return make_folder (piece->value);
  if (g_str_equal (piece->operator, "is") && mail_query_value_state (piece->value, &state))
    return make_flags (&state);
  if (g_str_equal (piece->operator, "has") && mail_query_value_is_attachment (piece->value))
    return make_kind (MAIL_TERM_ATTACHED, 0);
  if (self->is_typing && piece->is_last && (g_str_equal (piece->operator, "is") || g_str_equal (piece->operator, "has"))
      && mail_query_value_may_become (piece->operator, piece->value))
    return NULL;
  term = make_measure (self, piece, &is_known);
  if (term || is_known)
    return term;
  whole = g_strconcat (piece->operator, " ", piece->value, NULL);
  return make_words (self, MAIL_FIELD_ANY, piece, whole);
}

static gboolean
says_nothing (const MailTerm *term)
{
  return !term || (term->words && *term->words == '\0');
}

static void
add_piece (Parser *self, const Piece *piece)
{
  MailTerm *term = piece->operator ? understand_operator (self, piece) : make_words (self, MAIL_FIELD_ANY, piece, piece->value);
  GPtrArray *clauses = self->query->clauses;
  GPtrArray *clause;

  if (says_nothing (term) || self->n_terms >= MAIL_QUERY_MAX_TERMS)
    {
      if (term)
        term_free (term);
      return;
    }
  term->is_negated = piece->is_negated;
  self->n_terms++;
  if (self->is_or && clauses->len > 0)
    clause = g_ptr_array_index (clauses, clauses->len - 1);
  else
    {
      clause = g_ptr_array_new_with_free_func (term_free);
      g_ptr_array_add (clauses, clause);
    }
  g_ptr_array_add (clause, term);
  self->is_or = FALSE;
}

static gboolean
is_or_word (const Piece *piece)
{
  return !piece->operator && !piece->is_quoted && !piece->is_negated && g_str_equal (piece->value, "OR");
}

MailQuery *
mail_query_parse (const char *text, gboolean is_typing, gint64 now, GTimeZone *zone)
{
  MailQuery *self = g_new0 (MailQuery, 1);
  Parser parser = { .query = self, .is_typing = is_typing, .now = now, .zone = zone };

  g_atomic_ref_count_init (&self->references);
  self->text = g_utf8_make_valid (text, strnlen (text, MAIL_QUERY_MAX_TEXT));
  self->clauses = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (parser.p = self->text;;)
    {
      g_auto (Piece) piece = { 0 };

      if (!read_piece (&parser, &piece))
        break;
      if (is_or_word (&piece))
        parser.is_or = TRUE;
      else
        add_piece (&parser, &piece);
    }
  g_strstrip (self->text);
  return self;
}

MailQuery *
mail_query_ref (MailQuery *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
mail_query_unref (MailQuery *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_free (self->text);
  g_free (self->complaint);
  g_ptr_array_unref (self->clauses);
  g_free (self);
}

const char *
mail_query_get_text (const MailQuery *self)
{
  return self->text;
}

const GPtrArray *
mail_query_get_clauses (const MailQuery *self)
{
  return self->clauses;
}

const char *
mail_query_get_complaint (const MailQuery *self)
{
  return self->complaint;
}
