"""The reminders to come, what is held, the plan of their days, and the calendar feed."""

from django.urls import path

from procurement.renewals import views

app_name = "renewals"

urlpatterns = [
    path("renewals/", views.coming, name="coming"),
    path("renewals/held/", views.held, name="held"),
    path("renewals/plan/", views.plan, name="plan"),
    path("renewals/plan/at-once/", views.most_at_once, name="most_at_once"),
    path("renewals/plan/<str:series>/", views.rhythms, name="rhythms"),
    path("renewals/calendar/", views.calendar, name="calendar"),
    path("renewals/feed/<str:token>.ics", views.feed, name="feed"),
]
