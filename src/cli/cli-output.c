/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON for scripts, lines for people, options. */
#include "cli-output.h"

#include "base-error.h"
#include "mail-address.h"

#include <stdio.h>
#include <string.h>

void
cli_output_json (JsonBuilder *builder)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = NULL;
  gsize length;

  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, &length);
  fwrite (text, 1, length, stdout);
  putchar ('\n');
}

static void
add_string (JsonBuilder *builder, const char *value)
{
  g_autofree char *valid = value ? g_utf8_make_valid (value, -1) : NULL;

  if (valid)
    json_builder_add_string_value (builder, valid);
  else
    json_builder_add_null_value (builder);
}

void
cli_output_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  add_string (builder, value);
}

void
cli_output_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void
cli_output_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

void
cli_output_strings (JsonBuilder *builder, const char *name, const char *const *values)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (; values && *values; values++)
    add_string (builder, *values);
  json_builder_end_array (builder);
}

void
cli_output_addresses (JsonBuilder *builder, const char *name, const GPtrArray *addresses)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < addresses->len; i++)
    {
      const MailAddress *address = g_ptr_array_index (addresses, i);

      json_builder_begin_object (builder);
      cli_output_string (builder, "name", address->name);
      cli_output_string (builder, "address", address->address);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* RFC 3339 has an offset always ("+00:00"), and four digits for the year. */
void
cli_output_date (JsonBuilder *builder, const char *name, GDateTime *date)
{
  g_autofree char *text = date ? g_date_time_format (date, "%Y-%m-%dT%H:%M:%S%:z") : NULL;

  cli_output_string (builder, name, text);
}

void
cli_output_time (JsonBuilder *builder, const char *name, gint64 seconds, int offset_minutes)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (offset_minutes * 60);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (seconds);
  g_autoptr (GDateTime) date = utc ? g_date_time_to_timezone (utc, zone) : NULL;

  cli_output_date (builder, name, date);
}

void
cli_output_local_time (JsonBuilder *builder, const char *name, gint64 seconds)
{
  g_autoptr (GDateTime) date = seconds != 0 ? g_date_time_new_from_unix_local (seconds) : NULL;

  cli_output_date (builder, name, date);
}

void
cli_output_id (CliSession *session, const char *name, gint64 id)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!session->json)
    return;
  json_builder_begin_object (builder);
  cli_output_int (builder, name, id);
  json_builder_end_object (builder);
  cli_output_json (builder);
}

void
cli_output_error_member (JsonBuilder *builder, const char *name, const GError *error, gint64 account)
{
  if (name)
    json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  cli_output_string (builder, "code", base_error_get_word (error));
  cli_output_string (builder, "message", error->message);
  json_builder_set_member_name (builder, "account");
  if (account != 0)
    json_builder_add_int_value (builder, account);
  else
    json_builder_add_null_value (builder);
  cli_output_string (builder, "server", base_error_get_host (error));
  json_builder_set_member_name (builder, "port");
  if (base_error_get_port (error) != 0)
    json_builder_add_int_value (builder, base_error_get_port (error));
  else
    json_builder_add_null_value (builder);
  cli_output_string (builder, "security", base_error_get_security (error));
  cli_output_string (builder, "reply", base_error_get_reply (error));
  if (base_error_get_certificate (error))
    {
      cli_output_string (builder, "certificate", base_error_get_certificate (error));
      cli_output_string (builder, "certificate_problems", base_error_get_certificate_problems (error));
    }
  json_builder_end_object (builder);
}

void
cli_output_error_line (const GError *error, const char *whose)
{
  const char *problems = base_error_get_certificate_problems (error);
  const char *reply = base_error_get_reply (error);

  g_printerr ("%s: %s\n", whose ? whose : "posthorn-cli", error->message);
  if (problems && !strstr (error->message, problems))
    g_printerr ("  %s\n", problems);
  if (reply && !strstr (error->message, reply))
    g_printerr ("  The server said: %s\n", reply);
}

CliStatus
cli_output_error (CliSession *session, GError *error, gint64 account)
{
  if (session->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      cli_output_error_member (builder, "error", error, account);
      json_builder_end_object (builder);
      cli_output_json (builder);
    }
  else
    cli_output_error_line (error, NULL);
  g_error_free (error);
  return CLI_FAILED;
}

CliStatus
cli_output_usage (CliSession *session, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  if (session->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "error");
      json_builder_begin_object (builder);
      cli_output_string (builder, "code", "usage");
      cli_output_string (builder, "message", message);
      json_builder_end_object (builder);
      json_builder_end_object (builder);
      cli_output_json (builder);
    }
  else
    g_printerr ("%s: %s\nTry “%s --help”.\n", g_get_prgname (), message, g_get_prgname ());
  return CLI_USAGE;
}

CliStatus
cli_output_not_available (CliSession *session, const char *what)
{
  return cli_output_error (session, g_error_new (BASE_ERROR, BASE_ERROR_NOT_AVAILABLE, "%s is not available yet.", what), 0);
}

gboolean
cli_output_bytes (GBytes *bytes)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  return fwrite (data, 1, size, stdout) == size && fflush (stdout) == 0;
}

char *
cli_output_cell (const char *text, guint columns)
{
  g_autofree char *valid = g_utf8_make_valid (text ? text : "", -1);
  GString *cell = g_string_new (NULL);
  guint used = 0;

  for (const char *p = valid; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      guint width = g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;

      if (g_unichar_iscntrl (c))
        continue;
      if (used + width > columns)
        break;
      g_string_append_unichar (cell, c);
      used += width;
    }
  for (; used < columns; used++)
    g_string_append_c (cell, ' ');
  return g_string_free (cell, FALSE);
}

/* What stands before the command may stand behind it too. */
static void
add_common_options (GOptionContext *context, CliSession *session)
{
  const GOptionEntry entries[] = {
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &session->profile, "Everything lives under DIR instead of the usual folders", "DIR" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &session->json, "One JSON document on standard output", NULL },
    { "trace", 0, 0, G_OPTION_ARG_FILENAME, &session->trace_path, "Append the protocol log, without its secrets, to FILE", "FILE" },
    G_OPTION_ENTRY_NULL
  };
  GOptionGroup *group = g_option_group_new ("common", "Common options", "Show common options", NULL, NULL);

  g_option_group_add_entries (group, entries);
  g_option_context_add_group (context, group);
}

gboolean
cli_output_parse_options (CliSession *session, const GOptionEntry *entries, const char *name, const char *usage,
                          const char *description, int *argc, char ***argv)
{
  g_autofree char *program = g_strdup_printf ("posthorn-cli %s", name);
  g_autoptr (GOptionContext) context = g_option_context_new (usage);
  g_autoptr (GError) error = NULL;
  int n = 0;

  g_set_prgname (program);
  g_option_context_set_summary (context, description);
  if (entries)
    g_option_context_add_main_entries (context, entries, NULL);
  add_common_options (context, session);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      cli_output_usage (session, "%s", error->message);
      return FALSE;
    }
  for (int i = 1; i < *argc; i++)
    if (!(n == 0 && g_str_equal ((*argv)[i], "--")))
      (*argv)[n++] = (*argv)[i];
  (*argv)[n] = NULL;
  *argc = n;
  return TRUE;
}
