/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of languages, for whom spelling is checked in several. */
#include "app-languages.h"

#include <stdlib.h>
#include <string.h>

/* Sorted by code; written as within a sentence */
static const struct
{
  const char *code, *name;
} names[] = {
  { "af", "Afrikaans" },
  { "am", "አማርኛ" },
  { "an", "aragonés" },
  { "ar", "العربية" },
  { "as", "অসমীয়া" },
  { "ast", "asturianu" },
  { "az", "azərbaycan" },
  { "be", "беларуская" },
  { "bg", "български" },
  { "bn", "বাংলা" },
  { "bo", "བོད་སྐད་" },
  { "br", "brezhoneg" },
  { "bs", "bosanski" },
  { "ca", "català" },
  { "cs", "čeština" },
  { "cy", "Cymraeg" },
  { "da", "dansk" },
  { "de", "Deutsch" },
  { "dv", "ދިވެހި" },
  { "el", "Ελληνικά" },
  { "en", "English" },
  { "eo", "Esperanto" },
  { "es", "español" },
  { "et", "eesti" },
  { "eu", "euskara" },
  { "fa", "فارسی" },
  { "fi", "suomi" },
  { "fo", "føroyskt" },
  { "fr", "français" },
  { "fy", "Frysk" },
  { "ga", "Gaeilge" },
  { "gd", "Gàidhlig" },
  { "gl", "galego" },
  { "gu", "ગુજરાતી" },
  { "gug", "avañe’ẽ" },
  { "he", "עברית" },
  { "hi", "हिन्दी" },
  { "hr", "hrvatski" },
  { "hsb", "hornjoserbšćina" },
  { "hu", "magyar" },
  { "hy", "հայերեն" },
  { "ia", "interlingua" },
  { "id", "Bahasa Indonesia" },
  { "is", "íslenska" },
  { "it", "italiano" },
  { "ka", "ქართული" },
  { "kk", "қазақша" },
  { "kmr", "kurmancî" },
  { "kn", "ಕನ್ನಡ" },
  { "ko", "한국어" },
  { "ku", "kurdî" },
  { "la", "Latina" },
  { "lb", "Lëtzebuergesch" },
  { "lo", "ລາວ" },
  { "lt", "lietuvių" },
  { "lv", "latviešu" },
  { "mk", "македонски" },
  { "ml", "മലയാളം" },
  { "mn", "монгол" },
  { "mr", "मराठी" },
  { "ms", "Bahasa Melayu" },
  { "mt", "Malti" },
  { "nb", "norsk bokmål" },
  { "nds", "Plattdüütsch" },
  { "ne", "नेपाली" },
  { "nl", "Nederlands" },
  { "nn", "norsk nynorsk" },
  { "no", "norsk" },
  { "oc", "occitan" },
  { "or", "ଓଡ଼ିଆ" },
  { "pa", "ਪੰਜਾਬੀ" },
  { "pl", "polski" },
  { "pt", "português" },
  { "ro", "română" },
  { "ru", "русский" },
  { "rw", "Kinyarwanda" },
  { "sa", "संस्कृतम्" },
  { "se", "davvisámegiella" },
  { "si", "සිංහල" },
  { "sk", "slovenčina" },
  { "sl", "slovenščina" },
  { "sq", "shqip" },
  { "sr", "српски" },
  { "sv", "svenska" },
  { "sw", "Kiswahili" },
  { "ta", "தமிழ்" },
  { "te", "తెలుగు" },
  { "th", "ไทย" },
  { "tl", "Tagalog" },
  { "tr", "Türkçe" },
  { "uk", "українська" },
  { "ur", "اردو" },
  { "uz", "oʻzbekcha" },
  { "vi", "Tiếng Việt" },
  { "xh", "isiXhosa" },
  { "yi", "ייִדיש" },
  { "zu", "isiZulu" },
};

static int
compare (gconstpointer key, gconstpointer entry)
{
  return strcmp (key, *(const char *const *) entry);
}

static gboolean
is_same_language (const char *a, const char *b)
{
  gsize n = strcspn (a, "_.@");

  return n == strcspn (b, "_.@") && strncmp (a, b, n) == 0;
}

/* A list's entry begins with a capital where its script has one. */
static char *
capitalize (const char *name)
{
  char first[6] = "";

  g_unichar_to_utf8 (g_unichar_totitle (g_utf8_get_char (name)), first);
  return g_strconcat (first, g_utf8_next_char (name), NULL);
}

char *
app_languages_dup_name (const char *tag)
{
  g_autofree char *code = g_strndup (tag, strcspn (tag, "_"));
  const char *const *entry = bsearch (code, names, G_N_ELEMENTS (names), sizeof names[0], compare);
  g_autofree char *name = entry ? capitalize (entry[1]) : NULL;
  g_autofree char *rest = NULL;

  if (!name)
    return g_strdup (tag);
  if (!tag[strlen (code)])
    return g_steal_pointer (&name);
  rest = g_strdelimit (g_strdup (tag + strlen (code) + 1), "_", ' ');
  return g_strdup_printf ("%s (%s)", name, rest);
}

static const char *
find (const char *const *installed, const char *wanted)
{
  if (g_strv_contains (installed, wanted))
    return wanted;
  for (; *installed; installed++)
    if (is_same_language (*installed, wanted))
      return *installed;
  return NULL;
}

char **
app_languages_match (const char *const *installed, const char *const *wanted)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  for (; *wanted; wanted++)
    {
      const char *match = strpbrk (*wanted, ".@") ? NULL : find (installed, *wanted);
      gboolean is_there = FALSE;

      for (guint i = 0; match && i < found->len; i++)
        is_there = is_there || is_same_language (g_ptr_array_index (found, i), match);
      if (match && !is_there)
        g_ptr_array_add (found, g_strdup (match));
    }
  g_ptr_array_add (found, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&found), FALSE);
}
