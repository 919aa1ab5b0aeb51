/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two cards of one person made one. */
#include "mail-card-private.h"

#include "mail-address.h"

/* What names the card itself, not the person */
static gboolean
is_of_card (const char *name)
{
  static const char *const names[] = { "UID", "REV", "PRODID", "SOURCE", "KIND", "MEMBER", "CLIENTPIDMAP", NULL };

  return g_strv_contains (names, name);
}

/* Of these a person has several. */
static gboolean
has_several (const char *name)
{
  static const char *const names[] = { "EMAIL", "TEL", "ADR", "URL", "IMPP", "LANG", "CATEGORIES", NULL };

  return g_strv_contains (names, name);
}

/* Numbers are written in many ways; those that a telephone takes for one are one. */
static char *
dup_number (const char *value)
{
  GString *digits = g_string_new (NULL);

  for (; *value; value++)
    if (g_ascii_isdigit (*value) || *value == '+')
      g_string_append_c (digits, *value);
  return g_string_free (digits, FALSE);
}

static gboolean
is_equal (const char *name, const char *a, const char *b)
{
  g_autofree char *first = g_str_equal (name, "TEL") ? dup_number (a) : g_utf8_casefold (a, -1);
  g_autofree char *second = g_str_equal (name, "TEL") ? dup_number (b) : g_utf8_casefold (b, -1);

  return g_str_equal (first, second) || (g_str_equal (name, "EMAIL") && mail_address_equal (a, b));
}

static gboolean
has_it (const MailCard *self, const MailCardProperty *property)
{
  gboolean is_any = !has_several (property->name);

  for (guint i = 0; i < self->properties->len; i++)
    {
      const MailCardProperty *own = g_ptr_array_index (self->properties, i);

      if (g_str_equal (own->name, property->name) && (is_any || is_equal (own->name, own->value, property->value)))
        return TRUE;
    }
  return FALSE;
}

gboolean
mail_card_merge (MailCard *self, const MailCard *other)
{
  gboolean is_changed = FALSE;

  for (guint i = 0; i < other->properties->len && self->properties->len < MAIL_CARD_MAX_PROPERTIES; i++)
    {
      const MailCardProperty *property = g_ptr_array_index (other->properties, i);

      if (is_of_card (property->name) || has_it (self, property))
        continue;
      mail_card_add_property (self, property->name, property->params, g_strdup (property->value));
      is_changed = TRUE;
    }
  return is_changed;
}
