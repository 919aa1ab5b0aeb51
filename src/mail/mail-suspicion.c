/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a sender's name or address is made to be taken for another's. */
#include "mail-suspicion.h"

#include <string.h>

#define MAX_DOMAIN 1000 /* bytes; what is longer is no domain */
#define MAX_NAME 1000   /* bytes of a name that anybody reads */

/* Letters that are drawn like Latin ones, in lower case. */
static const struct { gunichar letter; char latin; } lookalikes[] = {
  { 0x0430, 'a' }, { 0x03b1, 'a' }, { 0x0251, 'a' }, { 0x0184, 'b' }, { 0x042c, 'b' }, { 0x0441, 'c' }, { 0x03f2, 'c' }, { 0x0501, 'd' },
  { 0x0435, 'e' }, { 0x04bd, 'e' }, { 0x0261, 'g' }, { 0x0581, 'g' }, { 0x04bb, 'h' }, { 0x0570, 'h' }, { 0x0456, 'i' }, { 0x03b9, 'i' },
  { 0x0131, 'i' }, { 0x0458, 'j' }, { 0x03f3, 'j' }, { 0x03ba, 'k' }, { 0x04cf, 'l' }, { 0x0578, 'n' }, { 0x057c, 'n' }, { 0x043e, 'o' },
  { 0x03bf, 'o' }, { 0x0585, 'o' }, { 0x0440, 'p' }, { 0x03c1, 'p' }, { 0x051b, 'q' }, { 0x0566, 'q' }, { 0x0455, 's' }, { 0x057d, 'u' },
  { 0x03c5, 'u' }, { 0x03bd, 'v' }, { 0x0475, 'v' }, { 0x051d, 'w' }, { 0x0461, 'w' }, { 0x0445, 'x' }, { 0x0443, 'y' }, { 0x04af, 'y' },
  { 0x03b3, 'y' },
};

void
mail_suspicion_free (MailSuspicion *self)
{
  g_free (self->seems);
  g_free (self->domain);
  g_free (self);
}

static MailSuspicion *
suspicion_new (MailSuspicionKind kind, const char *seems, const char *domain)
{
  MailSuspicion *self = g_new0 (MailSuspicion, 1);

  self->kind = kind;
  self->seems = g_strdup (seems);
  self->domain = g_strdup (domain);
  return self;
}

static char
find_latin (gunichar letter)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lookalikes); i++)
    if (lookalikes[i].letter == letter)
      return lookalikes[i].latin;
  return '\0';
}

/* In lower case, as letters and not as xn--…; NULL for what is no domain */
static char *
dup_domain (const char *domain)
{
  g_autofree char *letters = domain && *domain && strlen (domain) <= MAX_DOMAIN ? g_hostname_to_unicode (domain) : NULL;
  g_autofree char *lower = letters ? g_utf8_strdown (letters, -1) : NULL;

  return lower ? g_utf8_normalize (lower, -1, G_NORMALIZE_ALL_COMPOSE) : NULL;
}

/* What a domain looks like to somebody in a hurry: what is alike becomes the same. */
static char *
dup_looks (const char *domain)
{
  g_autofree char *bare = g_utf8_normalize (domain, -1, G_NORMALIZE_ALL); /* letters and their marks apart */
  g_autoptr (GString) looks = g_string_new (NULL);

  for (const char *p = bare; *p; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);
      char latin = find_latin (letter);

      if (letter == '0')
        latin = 'o';
      else if (letter == '1' || letter == 'i' || latin == 'i') /* and a capital I */
        latin = 'l';
      if (latin)
        g_string_append_c (looks, latin);
      else if (!g_unichar_ismark (letter))
        g_string_append_unichar (looks, letter);
    }
  g_string_replace (looks, "rn", "m", 0);
  g_string_replace (looks, "vv", "w", 0);
  return g_string_free (g_steal_pointer (&looks), FALSE);
}

/* The scripts that one language writes with go together (UTS #39 §5.2, "highly restrictive"). */
static guint
get_family (GUnicodeScript script)
{
  switch (script)
    {
    case G_UNICODE_SCRIPT_COMMON:
    case G_UNICODE_SCRIPT_INHERITED:
      return 0;
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_HANGUL:
    case G_UNICODE_SCRIPT_BOPOMOFO:
      return 1000;
    default:
      return 1 + (guint) script;
    }
}

/* One word of a domain: its letters' family, whether they are of several, and what it looks like where all look Latin */
static void
look_at_word (const char *word, gboolean *is_mixed, char **latin)
{
  g_autoptr (GString) looks = g_string_new (NULL);
  const guint latin_family = get_family (G_UNICODE_SCRIPT_LATIN), asian = 1000;
  guint family = 0;
  gboolean is_foreign = FALSE, is_all_alike = TRUE;

  *is_mixed = FALSE;
  for (const char *p = word; *p; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);
      guint now = get_family (g_unichar_get_script (letter));
      char alike = find_latin (letter);

      if (now && family && now != family && !(MIN (now, family) == latin_family && MAX (now, family) == asian))
        *is_mixed = TRUE;
      family = now ? MAX (now, family) : family;
      is_foreign = is_foreign || letter > 0x7f;
      is_all_alike = is_all_alike && (alike || letter < 0x80);
      g_string_append_c (looks, alike ? alike : (char) (letter & 0x7f));
    }
  *latin = is_foreign && is_all_alike ? g_string_free (g_steal_pointer (&looks), FALSE) : NULL;
}

static MailSuspicion *
find_in_letters (const char *domain)
{
  g_auto (GStrv) words = g_strsplit (domain, ".", -1);
  g_autoptr (GString) seems = g_string_new (NULL);
  gboolean is_foreign = FALSE;

  for (gsize i = 0; words[i]; i++)
    {
      g_autofree char *latin = NULL;
      gboolean is_mixed;

      look_at_word (words[i], &is_mixed, &latin);
      if (is_mixed)
        return suspicion_new (MAIL_SUSPICION_MIXED_LETTERS, "", domain);
      is_foreign = is_foreign || latin;
      g_string_append_printf (seems, "%s%s", i ? "." : "", latin ? latin : words[i]);
    }
  return is_foreign ? suspicion_new (MAIL_SUSPICION_FOREIGN_LETTERS, seems->str, domain) : NULL;
}

static MailSuspicion *
find_lookalike (const char *domain, const char *const *known)
{
  g_autofree char *looks = dup_looks (domain);
  g_autoptr (MailSuspicion) found = NULL;

  for (; known && *known; known++)
    {
      g_autofree char *other = dup_domain (*known);
      g_autofree char *other_looks = other ? dup_looks (other) : NULL;
      g_autofree char *below = other ? g_strconcat (".", other, NULL) : NULL;
      g_autofree char *above = other ? g_strconcat (other, ".", NULL) : NULL;

      if (!other)
        continue;
      if (g_str_equal (domain, other) || g_str_has_suffix (domain, below))
        return NULL; /* one of ours, whatever else it looks like */
      if (!found && (g_str_equal (looks, other_looks) || g_str_has_prefix (domain, above)))
        found = suspicion_new (MAIL_SUSPICION_LOOKALIKE, other, domain);
    }
  return g_steal_pointer (&found);
}

static gboolean
is_address_letter (gunichar letter)
{
  return g_unichar_isalnum (letter) || (letter < 0x80 && letter && strchr (".-_+", (int) letter));
}

/* The first thing with an "@" in the name that could be an address, whichever of Unicode's it is */
static char *
find_address (const char *name)
{
  g_autofree char *head = g_utf8_make_valid (name, (gssize) strnlen (name, MAX_NAME));
  g_autofree char *plain = g_utf8_normalize (head, -1, G_NORMALIZE_ALL_COMPOSE);
  const char *start = plain;

  for (const char *p = plain; p && (p = strchr (p, '@')); p++)
    {
      const char *first = p, *last = p + 1;
      g_autofree char *address = NULL;

      while (first > start && is_address_letter (g_utf8_get_char (g_utf8_prev_char (first))))
        first = g_utf8_prev_char (first);
      while (*last && is_address_letter (g_utf8_get_char (last)))
        last = g_utf8_next_char (last);
      while (last > p + 1 && strchr (".-_+", last[-1]))
        last--;
      address = g_strndup (first, (gsize) (last - first));
      if (strchr (p, '.') && strchr (p, '.') < last && mail_address_is_valid (address))
        return g_steal_pointer (&address);
    }
  return NULL;
}

static MailSuspicion *
find_in_name (const MailAddress *sender, const char *domain)
{
  g_autofree char *shown = find_address (sender->name);
  g_autofree char *shown_domain = shown ? dup_domain (mail_address_get_domain (shown)) : NULL;

  /* Another mailbox of the same place is how many write themselves. */
  if (!shown || g_strcmp0 (shown_domain, domain) == 0)
    return NULL;
  return suspicion_new (MAIL_SUSPICION_OTHER_ADDRESS, shown, domain);
}

MailSuspicion *
mail_suspicion_find (const MailAddress *sender, const char *const *known)
{
  g_autofree char *domain = dup_domain (mail_address_get_domain (sender->address));
  MailSuspicion *found;

  if (!domain)
    return NULL;
  found = find_lookalike (domain, known);
  if (!found)
    found = find_in_letters (domain);
  if (!found)
    found = find_in_name (sender, domain);
  return found;
}
