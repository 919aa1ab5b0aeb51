/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A rule. */
#include "mail-rule.h"

#include <string.h>

#define VERSION 1

G_DEFINE_BOXED_TYPE (MailRule, mail_rule, mail_rule_copy, mail_rule_free)

/* What stands in files: add, never rename. */
static const char *const fields[MAIL_RULE_N_FIELDS] = { "from", "to", "subject", "words", "larger", "account", "attachment", "header" };
static const char *const deeds[MAIL_RULE_N_DEEDS] = { "move", "copy", "flag", "mark-read", "delete", "forward", "reply", "leave", "refuse" };

static void
condition_free (gpointer data)
{
  MailRuleCondition *condition = data;

  g_free (condition->text);
  g_free (condition->header);
  g_free (condition);
}

static void
action_free (gpointer data)
{
  MailRuleAction *action = data;

  g_free (action->text);
  g_free (action);
}

MailRule *
mail_rule_new (void)
{
  MailRule *self = g_new0 (MailRule, 1);

  self->name = g_strdup ("");
  self->is_enabled = self->needs_all = TRUE;
  self->conditions = g_ptr_array_new_with_free_func (condition_free);
  self->actions = g_ptr_array_new_with_free_func (action_free);
  return self;
}

void
mail_rule_free (MailRule *self)
{
  if (!self)
    return;
  g_free (self->name);
  g_ptr_array_unref (self->conditions);
  g_ptr_array_unref (self->actions);
  g_free (self);
}

static void
add_condition (MailRule *self, MailRuleField field, const char *header, gboolean is_negated, const char *text, gint64 number)
{
  MailRuleCondition *condition = g_new0 (MailRuleCondition, 1);

  *condition = (MailRuleCondition) { field, is_negated, g_utf8_make_valid (text ? text : "", -1), number,
                                     g_utf8_make_valid (header ? header : "", -1) };
  g_ptr_array_add (self->conditions, condition);
}

void
mail_rule_add_condition (MailRule *self, MailRuleField field, gboolean is_negated, const char *text, gint64 number)
{
  add_condition (self, field, NULL, is_negated, text, number);
}

void
mail_rule_add_header_condition (MailRule *self, const char *header, gboolean is_negated, const char *text)
{
  add_condition (self, MAIL_RULE_HEADER, header, is_negated, text, 0);
}

gboolean
mail_rule_is_header_name (const char *name)
{
  for (const char *p = name; *p; p++)
    if (!g_ascii_isgraph (*p) || *p == ':')
      return FALSE;
  return *name != '\0';
}

void
mail_rule_add_action (MailRule *self, MailRuleDeed deed, const char *text, gint64 number)
{
  MailRuleAction *action = g_new0 (MailRuleAction, 1);

  *action = (MailRuleAction) { deed, g_utf8_make_valid (text ? text : "", -1), number };
  g_ptr_array_add (self->actions, action);
}

MailRule *
mail_rule_copy (const MailRule *self)
{
  MailRule *copy = mail_rule_new ();

  g_free (copy->name);
  copy->id = self->id;
  copy->name = g_strdup (self->name);
  copy->is_enabled = self->is_enabled;
  copy->needs_all = self->needs_all;
  copy->stops = self->stops;
  for (guint i = 0; i < self->conditions->len; i++)
    {
      const MailRuleCondition *condition = g_ptr_array_index (self->conditions, i);

      add_condition (copy, condition->field, condition->header, condition->is_negated, condition->text, condition->number);
    }
  for (guint i = 0; i < self->actions->len; i++)
    {
      const MailRuleAction *action = g_ptr_array_index (self->actions, i);

      mail_rule_add_action (copy, action->deed, action->text, action->number);
    }
  return copy;
}

/* Keeping */

char *
mail_rule_to_text (const MailRule *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *name = g_utf8_make_valid (self->name, -1);

  g_key_file_set_integer (file, "rule", "version", VERSION);
  g_key_file_set_string (file, "rule", "name", name);
  g_key_file_set_boolean (file, "rule", "enabled", self->is_enabled);
  g_key_file_set_boolean (file, "rule", "all", self->needs_all);
  g_key_file_set_boolean (file, "rule", "stop", self->stops);
  for (guint i = 0; i < MIN (self->conditions->len, MAIL_RULE_MAX_CONDITIONS); i++)
    {
      const MailRuleCondition *condition = g_ptr_array_index (self->conditions, i);
      g_autofree char *group = g_strdup_printf ("if %u", i);

      g_key_file_set_string (file, group, "field", fields[condition->field]);
      g_key_file_set_boolean (file, group, "not", condition->is_negated);
      g_key_file_set_string (file, group, "text", condition->text);
      g_key_file_set_int64 (file, group, "number", condition->number);
      if (*condition->header)
        g_key_file_set_string (file, group, "header", condition->header);
    }
  for (guint i = 0; i < MIN (self->actions->len, MAIL_RULE_MAX_ACTIONS); i++)
    {
      const MailRuleAction *action = g_ptr_array_index (self->actions, i);
      g_autofree char *group = g_strdup_printf ("do %u", i);

      g_key_file_set_string (file, group, "deed", deeds[action->deed]);
      g_key_file_set_string (file, group, "text", action->text);
      g_key_file_set_int64 (file, group, "number", action->number);
    }
  return g_key_file_to_data (file, NULL, NULL);
}

/* -1 when it is none of them */
static int
find_word (const char *const *words, int n, const char *word)
{
  for (int i = 0; i < n; i++)
    if (g_strcmp0 (words[i], word) == 0)
      return i;
  return -1;
}

static gboolean
read_condition (MailRule *rule, GKeyFile *file, const char *group)
{
  g_autofree char *word = g_key_file_get_string (file, group, "field", NULL);
  g_autofree char *text = g_key_file_get_string (file, group, "text", NULL);
  g_autofree char *header = g_key_file_get_string (file, group, "header", NULL);
  int field = find_word (fields, MAIL_RULE_N_FIELDS, word);

  if (field < 0)
    return FALSE;
  add_condition (rule, (MailRuleField) field, header, g_key_file_get_boolean (file, group, "not", NULL), text,
                 g_key_file_get_int64 (file, group, "number", NULL));
  return TRUE;
}

static gboolean
read_action (MailRule *rule, GKeyFile *file, const char *group)
{
  g_autofree char *word = g_key_file_get_string (file, group, "deed", NULL);
  g_autofree char *text = g_key_file_get_string (file, group, "text", NULL);
  int deed = find_word (deeds, MAIL_RULE_N_DEEDS, word);

  if (deed < 0)
    return FALSE;
  mail_rule_add_action (rule, (MailRuleDeed) deed, text, g_key_file_get_int64 (file, group, "number", NULL));
  return TRUE;
}

MailRule *
mail_rule_from_text (const char *text)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (MailRule) rule = mail_rule_new ();

  if (!g_key_file_load_from_data (file, text, (gsize) -1, G_KEY_FILE_NONE, NULL) || g_key_file_get_integer (file, "rule", "version", NULL) != VERSION)
    return NULL;
  g_free (rule->name);
  rule->name = g_key_file_get_string (file, "rule", "name", NULL);
  rule->name = rule->name ? rule->name : g_strdup ("");
  rule->is_enabled = g_key_file_get_boolean (file, "rule", "enabled", NULL);
  rule->needs_all = g_key_file_get_boolean (file, "rule", "all", NULL);
  rule->stops = g_key_file_get_boolean (file, "rule", "stop", NULL);
  for (guint i = 0; i < MAIL_RULE_MAX_CONDITIONS; i++)
    {
      g_autofree char *group = g_strdup_printf ("if %u", i);

      if (!g_key_file_has_group (file, group))
        break;
      if (!read_condition (rule, file, group))
        return NULL;
    }
  for (guint i = 0; i < MAIL_RULE_MAX_ACTIONS; i++)
    {
      g_autofree char *group = g_strdup_printf ("do %u", i);

      if (!g_key_file_has_group (file, group))
        break;
      if (!read_action (rule, file, group))
        return NULL;
    }
  return g_steal_pointer (&rule);
}

/* Matching */

void
mail_rule_facts_clear (MailRuleFacts *self)
{
  g_clear_pointer (&self->from, g_free);
  g_clear_pointer (&self->to, g_free);
  g_clear_pointer (&self->subject, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->headers, g_free);
}

char *
mail_rule_fold (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *folded = g_utf8_casefold (valid, -1);
  g_autofree char *apart = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
  GString *out = g_string_new (NULL);
  gboolean has_blank = TRUE;

  for (const char *p = apart ? apart : ""; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_ismark (c))
        continue;
      if (g_unichar_isspace (c))
        {
          if (!has_blank)
            g_string_append_c (out, ' ');
          has_blank = TRUE;
          continue;
        }
      g_string_append_unichar (out, c);
      has_blank = FALSE;
    }
  if (out->len > 0 && has_blank)
    g_string_truncate (out, out->len - 1);
  return g_string_free (out, FALSE);
}

static gboolean
contains (const char *folded, const char *text)
{
  g_autofree char *wanted = mail_rule_fold (text);

  return *wanted && strstr (folded, wanted) != NULL;
}

/* The name may stand in several lines. */
static gboolean
has_header (const char *lines, const char *header, const char *text)
{
  g_autofree char *name = g_ascii_strdown (header, -1);
  g_autofree char *wanted = mail_rule_fold (text);
  gsize length = strlen (name);

  while (lines)
    {
      const char *end = strchr (lines, '\n');
      gssize rest = (end ? end - lines : (gssize) strlen (lines)) - (gssize) length - 1;

      if (rest > 0 && strncmp (lines, name, length) == 0 && lines[length] == ':' && g_strstr_len (lines + length + 1, rest, wanted))
        return TRUE;
      lines = end ? end + 1 : NULL;
    }
  return FALSE;
}

static MailRuleAnswer
answer (gboolean is_so)
{
  return is_so ? MAIL_RULE_YES : MAIL_RULE_NO;
}

static MailRuleAnswer
look_at (const MailRuleCondition *condition, const MailRuleFacts *facts)
{
  switch (condition->field)
    {
    case MAIL_RULE_FROM:
      return answer (contains (facts->from, condition->text));
    case MAIL_RULE_TO:
      return answer (contains (facts->to, condition->text));
    case MAIL_RULE_SUBJECT:
      return answer (contains (facts->subject, condition->text));
    case MAIL_RULE_WORDS:
      if (contains (facts->subject, condition->text))
        return MAIL_RULE_YES;
      return facts->text ? answer (contains (facts->text, condition->text)) : MAIL_RULE_LATER;
    case MAIL_RULE_LARGER:
      return answer (facts->size > condition->number);
    case MAIL_RULE_ACCOUNT:
      return answer (facts->account == condition->number);
    case MAIL_RULE_ATTACHMENT:
      return facts->has_attachments ? MAIL_RULE_YES : facts->text ? MAIL_RULE_NO : MAIL_RULE_LATER;
    case MAIL_RULE_HEADER:
      return facts->headers ? answer (has_header (facts->headers, condition->header, condition->text)) : MAIL_RULE_LATER;
    default:
      return MAIL_RULE_NO;
    }
}

static gboolean
has_text (const MailRuleCondition *condition)
{
  g_autofree char *folded = NULL;

  if (condition->field > MAIL_RULE_WORDS && condition->field != MAIL_RULE_HEADER)
    return TRUE;
  if (condition->field == MAIL_RULE_HEADER && !mail_rule_is_header_name (condition->header))
    return FALSE;
  folded = mail_rule_fold (condition->text);
  return *folded != '\0';
}

MailRuleAnswer
mail_rule_match (const MailRule *self, const MailRuleFacts *facts)
{
  MailRuleAnswer whole = self->needs_all || self->conditions->len == 0 ? MAIL_RULE_YES : MAIL_RULE_NO;

  if (!self->is_enabled)
    return MAIL_RULE_NO;
  for (guint i = 0; i < self->conditions->len; i++)
    {
      const MailRuleCondition *condition = g_ptr_array_index (self->conditions, i);
      MailRuleAnswer one = has_text (condition) ? look_at (condition, facts) : MAIL_RULE_NO;

      if (condition->is_negated && one != MAIL_RULE_LATER && has_text (condition))
        one = answer (one == MAIL_RULE_NO);
      if (one == (self->needs_all ? MAIL_RULE_NO : MAIL_RULE_YES))
        return one;
      if (one == MAIL_RULE_LATER)
        whole = MAIL_RULE_LATER;
    }
  return whole;
}

static gboolean
asks_for (const MailRule *self, MailRuleField field)
{
  for (guint i = 0; i < self->conditions->len && self->is_enabled; i++)
    if (((MailRuleCondition *) g_ptr_array_index (self->conditions, i))->field == field)
      return TRUE;
  return FALSE;
}

gboolean
mail_rule_needs_text (const MailRule *self)
{
  return asks_for (self, MAIL_RULE_WORDS) || asks_for (self, MAIL_RULE_ATTACHMENT);
}

gboolean
mail_rule_needs_headers (const MailRule *self)
{
  return asks_for (self, MAIL_RULE_HEADER);
}

gboolean
mail_rule_has_deed (const MailRule *self, MailRuleDeed deed)
{
  for (guint i = 0; i < self->actions->len; i++)
    if (((MailRuleAction *) g_ptr_array_index (self->actions, i))->deed == deed)
      return TRUE;
  return FALSE;
}

gboolean
mail_rule_acts_at_server (const MailRule *self)
{
  return self->is_enabled && (mail_rule_has_deed (self, MAIL_RULE_LEAVE) || mail_rule_has_deed (self, MAIL_RULE_REFUSE));
}
