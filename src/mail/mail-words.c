/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text taken apart into the words that searching compares. */
#include "mail-words.h"

#include <string.h>

/* What a character is to a word */
typedef enum
{
  CHARACTER_BETWEEN,  /* stands between words */
  CHARACTER_DROPPED,  /* part of a word, but not compared: accents, soft hyphens */
  CHARACTER_LETTER,
  CHARACTER_DENSE,    /* a word by itself and with its neighbour */
} Character;

typedef struct
{
  gunichar from, to;
} Range;

/* Marks that a reader may leave out: accents, points of Hebrew and Arabic, selectors, joiners, the soft hyphen. Ascending. */
static const Range dropped[] = {
  { 0x00ad, 0x00ad }, { 0x0300, 0x036f }, { 0x0591, 0x05bd }, { 0x05bf, 0x05bf }, { 0x05c1, 0x05c2 }, { 0x05c4, 0x05c5 },
  { 0x05c7, 0x05c7 }, { 0x0610, 0x061a }, { 0x0640, 0x0640 }, { 0x064b, 0x065f }, { 0x0670, 0x0670 }, { 0x1ab0, 0x1aff },
  { 0x1dc0, 0x1dff }, { 0x200c, 0x200f }, { 0x2060, 0x2064 }, { 0x20d0, 0x20ff }, { 0x3099, 0x309a }, { 0xfe00, 0xfe0f },
  { 0xfe20, 0xfe2f }, { 0xfeff, 0xfeff }, { 0xff9e, 0xff9f },
};

/* Scripts without spaces: Thai, Lao, Myanmar, Khmer, the jamo, everything from the radicals to Hangul, and the later planes of Han. Ascending. */
static const Range dense[] = {
  { 0x0e00, 0x0eff }, { 0x1000, 0x109f }, { 0x1100, 0x11ff }, { 0x1780, 0x17ff }, { 0x2e80, 0x2fdf }, { 0x3005, 0x3007 },
  { 0x3040, 0x31ff }, { 0x3400, 0x4dbf }, { 0x4e00, 0x9fff }, { 0xa960, 0xa97f }, { 0xac00, 0xd7ff }, { 0xf900, 0xfaff },
  { 0x20000, 0x3ffff },
};

static gboolean
is_in (const Range *ranges, gsize n_ranges, gunichar character)
{
  gsize first = 0, last = n_ranges;

  while (first < last)
    {
      gsize middle = first + (last - first) / 2;

      if (character > ranges[middle].to)
        first = middle + 1;
      else if (character < ranges[middle].from)
        last = middle;
      else
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_mark (gunichar character)
{
  GUnicodeType type = g_unichar_type (character);

  return type == G_UNICODE_SPACING_MARK || type == G_UNICODE_NON_SPACING_MARK;
}

static Character
judge (gunichar character)
{
  if (character < 0x80)
    return g_ascii_isalnum ((char) character) ? CHARACTER_LETTER : CHARACTER_BETWEEN;
  if (is_in (dropped, G_N_ELEMENTS (dropped), character))
    return CHARACTER_DROPPED;
  if (!g_unichar_isalnum (character) && !is_mark (character))
    return CHARACTER_BETWEEN;
  return is_in (dense, G_N_ELEMENTS (dense), character) ? CHARACTER_DENSE : CHARACTER_LETTER;
}

/* Letters that Unicode does not take apart, but people do when they have no such key. */
static const char *
spell (gunichar character)
{
  switch (character)
    {
    case 0x00df: return "ss"; /* ß */
    case 0x00e6: return "ae"; /* æ */
    case 0x00f0: return "d";  /* ð */
    case 0x00f8: return "o";  /* ø */
    case 0x00fe: return "th"; /* þ */
    case 0x0111: return "d";  /* đ */
    case 0x0127: return "h";  /* ħ */
    case 0x0131: return "i";  /* ı */
    case 0x0142: return "l";  /* ł */
    case 0x014b: return "n";  /* ŋ */
    case 0x0153: return "oe"; /* œ */
    case 0x0167: return "t";  /* ŧ */
    case 0x03c2: return "σ";  /* ς, which is σ at the end of a word */
    default: return NULL;
    }
}

/* The forms that only look different: half and full width, ligatures */
static gboolean
is_presentation (gunichar character)
{
  return (character >= 0xff00 && character <= 0xffef) || (character >= 0xfb00 && character <= 0xfb06);
}

static gboolean
has_accents (gunichar character)
{
  return (character >= 0xc0 && character < 0x590) || (character >= 0x1e00 && character < 0x2000);
}

/* The letters of one character, folded, without what is dropped; @letters has room for 24 bytes. */
static gsize
fold (gunichar character, char *letters)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  gsize n_parts = 1, length = 0;

  if (character < 0x80)
    {
      *letters = g_ascii_tolower ((char) character);
      return 1;
    }
  parts[0] = g_unichar_tolower (character);
  if (is_presentation (character))
    n_parts = g_unichar_fully_decompose (parts[0], TRUE, parts, G_N_ELEMENTS (parts));
  else if (has_accents (character))
    n_parts = MIN (g_unichar_fully_decompose (parts[0], FALSE, parts, G_N_ELEMENTS (parts)), 1);
  for (gsize i = 0; i < MIN (n_parts, 3); i++)
    {
      gunichar part = g_unichar_tolower (parts[i]);
      const char *spelled = spell (part);

      if (spelled)
        length += g_strlcpy (letters + length, spelled, 24 - length);
      else if (judge (part) == CHARACTER_LETTER || judge (part) == CHARACTER_DENSE)
        length += g_unichar_to_utf8 (part, letters + length);
    }
  return length;
}

/* @next: (out): behind it */
static Character
look (const char *p, const char *limit, gunichar *character, const char **next)
{
  if ((guchar) *p < 0x80)
    {
      *character = (guchar) *p;
      *next = p + 1;
      return judge (*character);
    }
  *character = g_utf8_get_char_validated (p, limit - p);
  if (*character == (gunichar) -1 || *character == (gunichar) -2 || *character == 0)
    {
      *character = ' ';
      *next = p + 1;
      return CHARACTER_BETWEEN;
    }
  *next = g_utf8_next_char (p);
  if (is_presentation (*character))
    {
      gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];

      if (g_unichar_fully_decompose (*character, TRUE, parts, G_N_ELEMENTS (parts)) > 0 && parts[0] != *character)
        return judge (parts[0]);
    }
  return judge (*character);
}

void
mail_words_init (MailWords *self, const char *text, gssize length)
{
  memset (self, 0, sizeof *self);
  self->p = text;
  self->limit = text + (length < 0 ? strlen (text) : (gsize) length);
}

/* A letter that does not fit whole is left out, and all that follow. */
static void
append (MailWords *self, gunichar character, gboolean *is_full)
{
  char letters[24];
  gsize length = fold (character, letters);

  *is_full = *is_full || self->length + length > MAIL_WORDS_MAX_BYTES;
  if (*is_full)
    return;
  memcpy (self->word + self->length, letters, length);
  self->length += length;
}

/* Letters and digits of ASCII, which most of most text is */
static void
read_plain (MailWords *self, gboolean *is_full)
{
  const char *p = self->p;

  for (; p < self->limit && g_ascii_isalnum (*p); p++)
    {
      *is_full = *is_full || self->length == MAIL_WORDS_MAX_BYTES;
      if (!*is_full)
        self->word[self->length++] = (char) (*p | 0x20); /* digits have the bit already */
    }
  if (p > self->p && !self->first_end)
    self->first_end = self->p + 1;
  self->p = p;
}

static void
read_word (MailWords *self)
{
  gboolean is_full = FALSE;
  gunichar character;
  const char *next;

  self->is_dense = self->is_single = self->has_neighbour = FALSE;
  self->first_end = NULL;
  for (read_plain (self, &is_full); self->p < self->limit && (guchar) *self->p >= 0x80; read_plain (self, &is_full))
    {
      Character kind = look (self->p, self->limit, &character, &next);

      if (kind == CHARACTER_BETWEEN || kind == CHARACTER_DENSE)
        break;
      if (kind == CHARACTER_LETTER)
        append (self, character, &is_full);
      self->p = next;
      if (!self->first_end)
        self->first_end = next;
    }
  self->end = self->p;
}

/* The character at the place and, where it stands beside it, the next; the place moves on by the first alone. */
static void
read_pair (MailWords *self, gboolean has_neighbour)
{
  gboolean is_full = FALSE;
  gunichar character;
  const char *next;
  Character kind;

  look (self->p, self->limit, &character, &next);
  append (self, character, &is_full);
  self->is_dense = self->is_single = TRUE;
  self->has_neighbour = has_neighbour;
  self->p = self->end = self->first_end = next;
  while (next < self->limit)
    {
      kind = look (next, self->limit, &character, &next);
      if (kind == CHARACTER_DENSE)
        {
          append (self, character, &is_full);
          self->end = next;
          self->is_single = FALSE;
        }
      if (kind != CHARACTER_DROPPED)
        break;
      self->p = next;
    }
}

gboolean
mail_words_next (MailWords *self)
{
  /* still beside the character that began the last word */
  gboolean is_beside = self->is_dense && !self->is_single;

  do
    {
      gunichar character;
      const char *next = self->p;
      Character kind = CHARACTER_BETWEEN;

      while (self->p < self->limit && (guchar) *self->p < 0x80 && !g_ascii_isalnum (*self->p))
        self->p++;
      if (self->p < self->limit && g_ascii_isalnum (*self->p))
        kind = CHARACTER_LETTER;
      for (; kind != CHARACTER_LETTER && self->p < self->limit; self->p = next)
        {
          kind = look (self->p, self->limit, &character, &next);
          if (kind == CHARACTER_LETTER || kind == CHARACTER_DENSE)
            break;
        }
      if (self->p >= self->limit)
        {
          self->length = 0;
          return FALSE;
        }
      self->length = 0;
      self->start = self->p;
      if (kind == CHARACTER_DENSE)
        read_pair (self, is_beside);
      else
        read_word (self);
      self->word[self->length] = '\0';
    }
  while (self->length == 0);
  return TRUE;
}

guint
mail_words_fold (GString *out, const char *text, gsize max_bytes)
{
  MailWords words;
  gsize length = strnlen (text, max_bytes);
  guint n = 0;

  for (mail_words_init (&words, text, length); mail_words_next (&words); n++)
    {
      char piece[sizeof words.word + 1];

      piece[0] = ' ';
      memcpy (piece + 1, words.word, words.length);
      g_string_append_len (out, piece, words.length + 1);
    }
  return n;
}
