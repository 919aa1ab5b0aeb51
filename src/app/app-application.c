/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program: builds store, accounts and engine, hands them down, and takes them apart in order. */
#include "app-application.h"

#include "app-about.h"
#include "app-answers.h"
#include "app-failure.h"
#include "app-keeping.h"
#include "app-render.h"
#include "app-shortcuts.h"
#include "app-transfer.h"
#include "app-window.h"
#include "app-writing.h"
#include "base-config.h"
#include "base-paths.h"
#include "base-trace.h"
#include "log-window.h"
#include "mime-summary.h"
#include "model-removal.h"
#include "preferences-accounts.h"
#include "reader-window.h"
#include "setup-window.h"
#include "store-changes.h"
#include "store-folders.h"
#include "store.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#define MAX_FILES 20 /* windows that one command opens */

struct _AppApplication
{
  AdwApplication parent_instance;

  char *profile;             /* NULL: the XDG folders */
  GError *failure;           /* why there is nothing below */

  BasePaths *paths;
  BaseTrace *trace;
  Store *store;
  AppKeeping *keeping;
  AppParts parts;            /* what windows are given; all NULL after a failure */
  AppWriting *writing;
  AppAnswers *answers;
  guint terminated_source;
  GtkWindow *setup;          /* weak: the wizard, once */
};

G_DEFINE_FINAL_TYPE (AppApplication, app_application, ADW_TYPE_APPLICATION)

/* Building up and taking down */

static gpointer
prepare_folders (StoreDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  GArray *accounts = data;

  for (guint i = 0; i < accounts->len; i++)
    if (!store_folders_prepare_account (database, g_array_index (accounts, gint64, i), error))
      return NULL;
  return NULL;
}

static void
on_folders_prepared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  store_run_finish (STORE_STORE (source), result, &error);
  if (error)
    g_warning ("The folders of an account could not be made: %s", error->message);
}

/* The Outbox, and the folders of POP3 accounts, of which no server tells us: made where they are missing. */
static void
ensure_folders (AppApplication *self)
{
  GListModel *accounts = G_LIST_MODEL (self->parts.accounts);
  GArray *ids = g_array_new (FALSE, TRUE, sizeof (gint64));
  gint64 local = STORE_LOCAL_ACCOUNT;

  g_array_append_val (ids, local);
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (Account) account = g_list_model_get_item (accounts, i);
      gint64 id = account_get_id (account);

      if (account_get_protocol (account) == ACCOUNT_POP3)
        g_array_append_val (ids, id);
    }
  store_run_async (self->store, prepare_folders, ids, (GDestroyNotify) g_array_unref, NULL, NULL, on_folders_prepared, NULL);
}

static gboolean
build (AppApplication *self, GError **error)
{
  g_autofree char *opened = NULL;

  self->paths = base_paths_new (self->profile, error);
  if (!self->paths)
    return FALSE;
  self->trace = base_trace_new (NULL, error);
  self->parts.accounts = self->trace ? account_list_new (base_paths_get_accounts (self->paths), error) : NULL;
  if (!self->parts.accounts)
    return FALSE;
  self->store = store_new (base_paths_get_database (self->paths), error);
  if (!self->store)
    return FALSE;

  opened = g_build_filename (base_paths_get_cache (self->paths), "opened", NULL);
  self->parts.secrets = account_secrets_new (base_paths_get_profile_key (self->paths));
  self->parts.engine = sync_engine_new (self->store, self->parts.accounts, self->parts.secrets, self->trace);
  self->parts.tree = model_folder_tree_new (self->store, self->parts.accounts);
  self->parts.messages = model_message_list_new (self->store);
  self->parts.mailbox = model_mailbox_new (self->store);
  self->parts.refusals = model_refusals_new (self->store, self->parts.accounts);
  self->parts.contacts = model_contacts_new (self->store);
  self->parts.saver = model_saver_new (opened);
  self->parts.settings = app_settings_new ();
  self->parts.state = app_state_new (base_paths_get_state (self->paths));
  g_signal_connect_object (self->parts.accounts, "items-changed", G_CALLBACK (ensure_folders), self, G_CONNECT_SWAPPED);
  ensure_folders (self);
  app_transfer_restore (self->parts.engine, self->parts.state);
  sync_engine_start (self->parts.engine);
  self->writing = app_writing_new (GTK_APPLICATION (self), self->store, &self->parts);
  self->answers = app_answers_new (GTK_APPLICATION (self), self->store, &self->parts, self->writing);
  self->parts.index = sync_index_new (self->store);
  sync_index_start (self->parts.index);
  self->keeping = app_keeping_new (GTK_APPLICATION (self), &self->parts, self->trace);
  return TRUE;
}

/* Who writes stops before who keeps; who keeps is closed last. */
static void
take_down (AppApplication *self)
{
  if (self->answers)
    g_object_run_dispose (G_OBJECT (self->answers)); /* what runs may hold it */
  g_clear_object (&self->answers);
  if (self->writing)
    g_object_run_dispose (G_OBJECT (self->writing)); /* likewise */
  g_clear_object (&self->writing);
  if (self->parts.accounts)
    g_signal_handlers_disconnect_by_data (self->parts.accounts, self);
  if (self->parts.engine)
    sync_engine_stop (self->parts.engine);
  if (self->parts.index)
    sync_index_stop (self->parts.index);
  g_clear_object (&self->parts.index);
  if (self->keeping)
    app_keeping_stop (self->keeping);
  g_clear_object (&self->keeping);
  g_clear_object (&self->parts.contacts);
  g_clear_object (&self->parts.saver);
  if (self->store)
    store_close (self->store);
  g_clear_object (&self->parts.messages);
  g_clear_object (&self->parts.mailbox);
  g_clear_object (&self->parts.refusals);
  g_clear_object (&self->parts.tree);
  g_clear_object (&self->parts.engine);
  g_clear_object (&self->parts.secrets);
  g_clear_object (&self->parts.accounts);
  g_clear_object (&self->parts.settings);
  g_clear_object (&self->parts.state);
  g_clear_object (&self->store);
  g_clear_object (&self->trace);
  g_clear_object (&self->paths);
}

/* Windows */

static void
on_account_added (AppApplication *self, Account *account)
{
  ensure_folders (self);
  sync_engine_run_async (self->parts.engine, account_get_id (account), SYNC_DEFAULT, NULL, NULL, NULL);
}

static void
present_setup (AppApplication *self)
{
  if (!self->setup)
    {
      g_set_weak_pointer (&self->setup, GTK_WINDOW (setup_window_new (GTK_WINDOW (app_window_find (GTK_APPLICATION (self))), self->parts.accounts,
                                                                      self->parts.secrets, self->parts.engine)));
      g_signal_connect_object (self->setup, "account-added", G_CALLBACK (on_account_added), self, G_CONNECT_SWAPPED);
    }
  gtk_window_present (self->setup);
}

static gboolean
has_accounts (AppApplication *self)
{
  return self->parts.accounts && g_list_model_get_n_items (G_LIST_MODEL (self->parts.accounts)) > 0;
}

static void
app_application_activate (GApplication *application)
{
  AppApplication *self = APP_APPLICATION (application);
  AppWindow *window;

  if (self->failure)
    {
      gtk_window_present (GTK_WINDOW (app_failure_new (GTK_APPLICATION (self), self->failure)));
      return;
    }
  window = app_window_find (GTK_APPLICATION (self));
  if (window)
    {
      gtk_window_present (GTK_WINDOW (window));
      return;
    }
  window = app_window_new (GTK_APPLICATION (self), &self->parts);
  gtk_window_present (GTK_WINDOW (window));
  app_writing_resume (self->writing);
  if (!has_accounts (self))
    present_setup (self);
}

/* Accounts */

static void
remove_account (Account *account, gboolean keep_mail, GAsyncReadyCallback callback, gpointer callback_data, gpointer data)
{
  AppApplication *self = data;

  sync_engine_cancel (self->parts.engine, account_get_id (account));
  model_removal_run_async (self->store, self->parts.accounts, self->parts.secrets, account, keep_mail, callback, callback_data);
}

static void
on_accounts (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AppApplication *self = data;
  AppWindow *window = app_window_find (GTK_APPLICATION (self));

  if (window)
    preferences_accounts_present (GTK_WINDOW (window), app_window_get_choices (window), self->parts.settings, self->parts.state, self->parts.accounts,
                                 self->parts.secrets, self->parts.engine, remove_account, self);
}

static void
on_add_account (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  present_setup (data);
}

static void
on_log (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AppApplication *self = data;
  AppWindow *window = app_window_find (GTK_APPLICATION (self));

  if (window)
    log_window_present (GTK_WINDOW (window), self->trace);
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  app_about_present (gtk_application_get_active_window (GTK_APPLICATION (data)));
}

static gpointer
hold (gconstpointer window, gpointer data)
{
  return g_object_ref ((gpointer) window);
}

/* Closing keeps what is being written: a composer hides, saves, and goes when the save is done, and the program ends with its last
 * window. One that could not be saved comes back and the program stays. Closing one window may close others with it: all are held. */
static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GList *windows = g_list_copy_deep (gtk_application_get_windows (GTK_APPLICATION (data)), hold, NULL);

  for (GList *l = windows; l; l = l->next)
    gtk_window_close (l->data);
  g_list_free_full (windows, g_object_unref);
}

/* Logging out, or a shutdown: as if a person had asked for it. */
static gboolean
on_terminated (gpointer data)
{
  on_quit (NULL, NULL, data);
  return G_SOURCE_CONTINUE;
}

static const GActionEntry entries[] = {
  { .name = "accounts", .activate = on_accounts },
  { .name = "add-account", .activate = on_add_account },
  { .name = "log", .activate = on_log },
  { .name = "about", .activate = on_about },
  { .name = "quit", .activate = on_quit },
};

static void
app_application_startup (GApplication *application)
{
  AppApplication *self = APP_APPLICATION (application);

  G_APPLICATION_CLASS (app_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name (POSTHORN_APP_ID);
  mime_init ();
  if (!build (self, &self->failure))
    {
      take_down (self);
      return;
    }
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  self->terminated_source = g_unix_signal_add (SIGTERM, on_terminated, self);
  app_shortcuts_add (GTK_APPLICATION (self));
}

static void
app_application_shutdown (GApplication *application)
{
  AppApplication *self = APP_APPLICATION (application);
  GList *windows;

  g_clear_handle_id (&self->terminated_source, g_source_remove);
  while ((windows = gtk_application_get_windows (GTK_APPLICATION (self))))
    gtk_window_destroy (windows->data);
  take_down (self);
  G_APPLICATION_CLASS (app_application_parent_class)->shutdown (application);
}

static void
app_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  AppApplication *self = APP_APPLICATION (application);

  if (self->failure)
    app_application_activate (application);
  for (int i = 0; i < MIN (n_files, MAX_FILES) && !self->failure; i++)
    {
      g_autofree char *uri = g_file_get_uri (files[i]);

      if (g_ascii_strncasecmp (uri, "mailto:", 7) == 0)
        {
          app_application_activate (application);
          app_writing_compose_mailto (self->writing, uri);
        }
      else
        reader_window_open_file (GTK_APPLICATION (self), self->parts.saver, self->parts.state, files[i]);
    }
}

static int
render (GVariantDict *options)
{
  g_autofree char *file = NULL;
  g_autofree char *png = NULL;
  AppRender wish = { .width = APP_RENDER_WIDTH };

  g_variant_dict_lookup (options, "render", "^ay", &file);
  g_variant_dict_lookup (options, "png", "^ay", &png);
  g_variant_dict_lookup (options, "width", "i", &wish.width);
  wish.file = file;
  wish.png = png;
  wish.is_dark = g_variant_dict_contains (options, "dark");
  wish.loads_remote = g_variant_dict_contains (options, "remote-images");
  if (!png || wish.width < 100 || wish.width > 4000)
    {
      g_printerr ("posthorn: %s\n", _("--render needs --png, and a --width between 100 and 4000."));
      return 2;
    }
  return app_render_run (&wish);
}

/* A profile of its own is a program of its own: it neither joins nor is joined by one that runs already. */
static int
app_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  AppApplication *self = APP_APPLICATION (application);

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("Posthorn %s\n", POSTHORN_VERSION);
      return 0;
    }
  if (g_variant_dict_contains (options, "render"))
    return render (options);
  if (g_variant_dict_lookup (options, "profile", "^ay", &self->profile))
    g_application_set_flags (application, g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  return -1;
}

static void
app_application_finalize (GObject *object)
{
  AppApplication *self = APP_APPLICATION (object);

  g_free (self->profile);
  g_clear_error (&self->failure);
  g_clear_weak_pointer (&self->setup);
  G_OBJECT_CLASS (app_application_parent_class)->finalize (object);
}

static void
app_application_class_init (AppApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = app_application_finalize;
  application_class->startup = app_application_startup;
  application_class->shutdown = app_application_shutdown;
  application_class->activate = app_application_activate;
  application_class->open = app_application_open;
  application_class->handle_local_options = app_application_handle_local_options;
}

static const GOptionEntry options[] = {
  { "profile", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("Keep everything in this folder"), N_("DIR") },
  { "render", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("Draw a message into a picture and end"), N_("FILE.eml") },
  { "png", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("The picture (--render)"), N_("OUT.png") },
  { "width", 0, 0, G_OPTION_ARG_INT, NULL, N_("Its width in pixels (--render)"), N_("N") },
  { "dark", 0, 0, G_OPTION_ARG_NONE, NULL, N_("On a dark ground (--render)"), NULL },
  { "remote-images", 0, 0, G_OPTION_ARG_NONE, NULL, N_("With pictures from the net (--render)"), NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version"), NULL },
  { NULL },
};

static void
app_application_init (AppApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

AppApplication *
app_application_new (void)
{
  return g_object_new (APP_TYPE_APPLICATION,
                       "application-id", POSTHORN_APP_ID,
                       "resource-base-path", POSTHORN_RESOURCE_PATH,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       "register-session", TRUE,
                       NULL);
}
