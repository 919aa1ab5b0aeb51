/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands between a hostile page and the world: every way to load or run something shut more than once. */
#include "web-wall.h"

#include "html-url.h"
#include "web-sandbox.h"
#include "web-schemes.h"

#include <string.h>

#define POLICY \
  "default-src 'none'; img-src cid: data: " HTML_REMOTE_SCHEME ":; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"

/* Port 9 of loopback: refused at once, and with a proxy set WebKit looks up no name either. */
#define DEAD_PROXY "http://127.0.0.1:9"

/* WebKit knows no alternation in url-filter: with one, compiling fails, and nothing is shown. */
#define PASS(beginning) "{\"trigger\":{\"url-filter\":\"^" beginning ":\"},\"action\":{\"type\":\"ignore-previous-rules\"}}"
#define FILTER \
  "[{\"trigger\":{\"url-filter\":\".*\"},\"action\":{\"type\":\"block\"}}," PASS ("cid") "," PASS ("data") "," PASS (HTML_REMOTE_SCHEME) "," PASS ("about") "]"

struct _WebWall
{
  GObject parent_instance;

  WebKitWebContext *context;
  WebKitNetworkSession *session;
  WebKitUserContentFilterStore *filters;
};

G_DEFINE_FINAL_TYPE (WebWall, web_wall, G_TYPE_OBJECT)

static void
web_wall_dispose (GObject *object)
{
  WebWall *self = WEB_WALL (object);

  g_clear_object (&self->context);
  g_clear_object (&self->session);
  g_clear_object (&self->filters);
  G_OBJECT_CLASS (web_wall_parent_class)->dispose (object);
}

static void
web_wall_class_init (WebWallClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = web_wall_dispose;
}

static void
web_wall_init (WebWall *self)
{
}

WebWall *
web_wall_new (const char *folder)
{
  WebWall *self = g_object_new (WEB_TYPE_WALL, NULL);
  WebKitNetworkProxySettings *proxy = webkit_network_proxy_settings_new (DEAD_PROXY, NULL);

  self->context = webkit_web_context_new ();
  webkit_web_context_set_cache_model (self->context, WEBKIT_CACHE_MODEL_DOCUMENT_VIEWER);
  web_schemes_register (self->context);
  self->session = webkit_network_session_new_ephemeral ();
  webkit_network_session_set_proxy_settings (self->session, WEBKIT_NETWORK_PROXY_MODE_CUSTOM, proxy);
  webkit_network_session_set_persistent_credential_storage_enabled (self->session, FALSE);
  webkit_network_session_set_itp_enabled (self->session, FALSE); /* keeps no list of hosts seen */
  webkit_cookie_manager_set_accept_policy (webkit_network_session_get_cookie_manager (self->session), WEBKIT_COOKIE_POLICY_ACCEPT_NEVER);
  webkit_network_proxy_settings_free (proxy);
  self->filters = webkit_user_content_filter_store_new (folder);
  return self;
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  WebKitUserContentFilter *filter = webkit_user_content_filter_store_save_finish (WEBKIT_USER_CONTENT_FILTER_STORE (source), result, &error);

  if (filter)
    g_task_return_pointer (task, filter, (GDestroyNotify) webkit_user_content_filter_unref);
  else
    g_task_return_error (task, error);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GBytes) rules = g_bytes_new_static (FILTER, strlen (FILTER));
  WebWall *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  if (web_sandbox_check_finish (result, &error))
    webkit_user_content_filter_store_save (self->filters, "wall", rules, cancellable, on_saved, g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

void
web_wall_prepare_async (WebWall *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  web_sandbox_check_async (cancellable, on_checked, g_task_new (self, cancellable, callback, user_data));
}

WebKitUserContentFilter *
web_wall_prepare_finish (WebWall *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Settings */

static void
switch_off_features (WebKitSettings *settings)
{
  static const char *const names[] = { "LinkPreconnect", "LinkPreload", "LinkDNSPrefetch", "LinkPrefetch", "LinkModulePreload", "DNSPrefetching", NULL };
  WebKitFeatureList *list = webkit_settings_get_all_features ();

  for (gsize i = 0; i < webkit_feature_list_get_length (list); i++)
    {
      WebKitFeature *feature = webkit_feature_list_get (list, i);

      if (g_strv_contains (names, webkit_feature_get_identifier (feature)))
        webkit_settings_set_feature_enabled (settings, feature, FALSE);
    }
  webkit_feature_list_unref (list);
}

static WebKitSettings *
make_settings (WebWallPage page)
{
  WebKitSettings *settings = webkit_settings_new ();
  /* By name, and only what the version at hand has: some of these are gone in newer ones, with what they switched. */
  static const char *const off[] = {
    "enable-javascript", "enable-javascript-markup", "enable-media", "enable-mediasource", "enable-media-stream", "enable-encrypted-media",
    "enable-webgl", "enable-webaudio", "enable-webrtc", "enable-html5-local-storage", "enable-html5-database", "enable-page-cache",
    "enable-offline-web-application-cache", "enable-dns-prefetching", "enable-hyperlink-auditing", "enable-fullscreen", "enable-developer-extras",
    "enable-back-forward-navigation-gestures", "enable-media-capabilities", "enable-site-specific-quirks", "enable-tabs-to-links",
    "javascript-can-access-clipboard", "javascript-can-open-windows-automatically", "allow-file-access-from-file-urls",
    "allow-universal-access-from-file-urls", "allow-top-navigation-to-data-urls", NULL
  };

  for (guint i = 0; off[i]; i++)
    {
      GParamSpec *property = g_object_class_find_property (G_OBJECT_GET_CLASS (settings), off[i]);

      if (property && !(property->flags & G_PARAM_DEPRECATED))
        g_object_set (settings, off[i], FALSE, NULL);
    }
  webkit_settings_set_enable_tabs_to_links (settings, page == WEB_WALL_TO_READ);
  webkit_settings_set_enable_javascript (settings, page == WEB_WALL_TO_WRITE); /* with its markup off it is ours alone */
  webkit_settings_set_disable_web_security (settings, FALSE);
  webkit_settings_set_hardware_acceleration_policy (settings, WEBKIT_HARDWARE_ACCELERATION_POLICY_NEVER); /* half the memory */
  webkit_settings_set_default_font_family (settings, "sans-serif");
  webkit_settings_set_default_font_size (settings, 15);
  webkit_settings_set_default_monospace_font_size (settings, 14);
  switch_off_features (settings);
  return settings;
}

/* Refusals */

typedef struct
{
  void (*on_link) (const char *uri, gpointer data);
  gpointer data;
} Links;

/* The page itself, and places in it */
static gboolean
is_own_page (const char *uri)
{
  return g_str_equal (uri, "about:blank") || g_str_has_prefix (uri, "about:blank#");
}

static gboolean
on_decide_policy (WebKitWebView *view, WebKitPolicyDecision *decision, WebKitPolicyDecisionType type, Links *links)
{
  WebKitNavigationAction *action;
  const char *uri;

  if (type == WEBKIT_POLICY_DECISION_TYPE_RESPONSE)
    return FALSE;
  action = webkit_navigation_policy_decision_get_navigation_action (WEBKIT_NAVIGATION_POLICY_DECISION (decision));
  uri = webkit_uri_request_get_uri (webkit_navigation_action_get_request (action));
  if (type == WEBKIT_POLICY_DECISION_TYPE_NAVIGATION_ACTION && is_own_page (uri))
    {
      webkit_policy_decision_use (decision);
      return TRUE;
    }
  webkit_policy_decision_ignore (decision);
  if (webkit_navigation_action_get_navigation_type (action) == WEBKIT_NAVIGATION_TYPE_LINK_CLICKED && webkit_navigation_action_is_user_gesture (action))
    links->on_link (uri, links->data);
  return TRUE;
}

static GtkWidget *
on_create (WebKitWebView *view, WebKitNavigationAction *action, gpointer data)
{
  return NULL;
}

static gboolean
on_permission (WebKitWebView *view, WebKitPermissionRequest *request, gpointer data)
{
  webkit_permission_request_deny (request);
  return TRUE;
}

static gboolean
on_authenticate (WebKitWebView *view, WebKitAuthenticationRequest *request, gpointer data)
{
  webkit_authentication_request_cancel (request);
  return TRUE;
}

static gboolean
on_choose_file (WebKitWebView *view, WebKitFileChooserRequest *request, gpointer data)
{
  webkit_file_chooser_request_cancel (request);
  return TRUE;
}

static gboolean
refuse (void)
{
  return TRUE;
}

WebKitWebView *
web_wall_new_view (WebWall *self, WebKitWebView *related, WebKitUserContentManager *contents, WebWallPage page,
                   void (*on_link) (const char *uri, gpointer data), gpointer data)
{
  g_autoptr (WebKitSettings) settings = make_settings (page);
  Links *links = g_new0 (Links, 1);
  /* Context and session, once of a related view, are its own. */
  WebKitWebView *view = g_object_new (WEBKIT_TYPE_WEB_VIEW,
                                      "user-content-manager", contents,
                                      "settings", settings,
                                      "default-content-security-policy", POLICY,
                                      related ? "related-view" : "web-context", related ? (gpointer) related : (gpointer) self->context,
                                      related ? NULL : "network-session", self->session,
                                      NULL);

  links->on_link = on_link;
  links->data = data;
  g_signal_connect_data (view, "decide-policy", G_CALLBACK (on_decide_policy), links, (GClosureNotify) (GCallback) g_free, 0);
  g_signal_connect (view, "create", G_CALLBACK (on_create), NULL);
  g_signal_connect (view, "permission-request", G_CALLBACK (on_permission), NULL);
  g_signal_connect (view, "authenticate", G_CALLBACK (on_authenticate), NULL);
  g_signal_connect (view, "run-file-chooser", G_CALLBACK (on_choose_file), NULL);
  g_signal_connect (view, "print", G_CALLBACK (refuse), NULL);
  g_signal_connect (view, "enter-fullscreen", G_CALLBACK (refuse), NULL);
  g_signal_connect (view, "show-notification", G_CALLBACK (refuse), NULL);
  g_signal_connect (view, "script-dialog", G_CALLBACK (refuse), NULL);
  return view;
}
