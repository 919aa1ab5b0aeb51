/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text taken apart into the words that searching compares. The index, the queries and what is highlighted all ask here, so they agree. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes of one folded word; what is longer is cut, wherever it stands, and so still found. */
#define MAIL_WORDS_MAX_BYTES 64

/**
 * MailWords:
 *
 * Walks over a text. Words are letters and digits in lower case, their diacritics taken off ("Łódź" is "lodz", "Straße" is "strasse").
 * Scripts that are written without spaces (Chinese, Japanese, Korean, Thai …) have no words to find, so each of their characters begins
 * one: it and its neighbour, or it alone at the end of a run. "会議は" is "会議", "議は", "は".
 */
typedef struct
{
  const char *start;       /* of the word in the text */
  const char *end;
  const char *first_end;   /* behind its first character */
  gboolean is_dense;       /* of a script without spaces */
  gboolean is_single;      /* and without a neighbour behind it */
  gboolean has_neighbour;  /* and the character before it stood beside it */
  char word[MAIL_WORDS_MAX_BYTES + 8];
  gsize length;

  /*< private >*/
  const char *p;
  const char *limit;
} MailWords;

/* mail_words_init: @length: bytes, or -1; what is no UTF-8 stands between words. @text must live as long as @self. */
void mail_words_init (MailWords *self, const char *text, gssize length);

/* mail_words_next: fills the fields with the next word; %FALSE at the end */
gboolean mail_words_next (MailWords *self);

/**
 * mail_words_fold:
 * @out: the words of @text are added to it, a space before each
 * @max_bytes: of @text that are looked at
 *
 * Returns: how many words
 */
guint mail_words_fold (GString *out, const char *text, gsize max_bytes);

G_END_DECLS
